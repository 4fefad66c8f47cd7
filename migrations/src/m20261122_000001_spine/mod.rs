//! The first schema: everything from the webhook to the ledger.

mod accounts;
mod credits;
mod messages;
mod operations;
mod replies;
mod rules;
mod tenants;

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261122_000001_spine",
    statements: &PARTS,
    on_postgres: &[],
};

/// The parts in the order in which foreign keys need them.
const PARTS: [&[&str]; 7] = [
    tenants::STATEMENTS,
    accounts::STATEMENTS,
    rules::STATEMENTS,
    messages::STATEMENTS,
    replies::STATEMENTS,
    credits::STATEMENTS,
    operations::STATEMENTS,
];
