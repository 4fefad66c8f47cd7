//! The database schema of Concierge.
//!
//! Each migration is a list of SQL statements written once for SQLite and PostgreSQL; the few type names that differ
//! are tokens replaced by [`dialect::render`]. Released migrations are never edited: expand, backfill, contract.

mod dialect;
mod m20261122_000001_spine;
mod m20261122_000002_connect;
mod m20261122_000003_workshop;
mod m20261127_000004_erasure;
mod m20261127_000005_ai;

use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_spine::Migration),
            Box::new(m20261122_000002_connect::Migration),
            Box::new(m20261122_000003_workshop::Migration),
            Box::new(m20261127_000004_erasure::Migration),
            Box::new(m20261127_000005_ai::Migration),
        ]
    }
}
