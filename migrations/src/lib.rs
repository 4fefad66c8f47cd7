//! The database schema of Concierge.
//!
//! Each migration is a list of SQL statements written once for SQLite and PostgreSQL; the few type names that differ
//! are tokens replaced by [`dialect::render`]. Released migrations are never edited: expand, backfill, contract
//! ([`schema_version`] says which releases a schema serves).

mod dialect;
mod m20261122_000001_spine;
mod m20261122_000002_connect;
mod m20261122_000003_workshop;
mod m20261127_000004_erasure;
mod m20261127_000005_ai;
mod m20261127_000007_schema_versions;
mod m20261127_000008_edge;
mod m20261127_000009_meta_answers;
mod m20261127_000010_values;
mod m20261127_000011_digest_key;
mod m20261128_000012_open_replies;
mod m20261128_000013_api_keys;
mod m20261128_000014_outgoing_webhooks;
mod m20261128_000015_default_reply_frequency;
mod m20261128_000016_lost_subscriptions;
pub mod schema_version;
mod sql_migration;

pub use sql_migration::SqlMigration;

use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
pub const ALL: &[&SqlMigration] = &[
    &m20261122_000001_spine::MIGRATION,
    &m20261122_000002_connect::MIGRATION,
    &m20261122_000003_workshop::MIGRATION,
    &m20261127_000004_erasure::MIGRATION,
    &m20261127_000005_ai::MIGRATION,
    &m20261127_000007_schema_versions::MIGRATION,
    &m20261127_000008_edge::MIGRATION,
    &m20261127_000009_meta_answers::MIGRATION,
    &m20261127_000010_values::MIGRATION,
    &m20261127_000011_digest_key::MIGRATION,
    &m20261128_000012_open_replies::MIGRATION,
    &m20261128_000013_api_keys::MIGRATION,
    &m20261128_000014_outgoing_webhooks::MIGRATION,
    &m20261128_000015_default_reply_frequency::MIGRATION,
    &m20261128_000016_lost_subscriptions::MIGRATION,
];

/// [`ALL`], as SeaORM wants them.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        ALL.iter().map(|migration| Box::new(*migration) as _).collect()
    }
}
