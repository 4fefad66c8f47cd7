//! What a request to delete a person's data must find, and where PostgreSQL must not copy what will be destroyed.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000004_erasure",
    statements: &[STATEMENTS],
    on_postgres: ON_POSTGRES,
};

const STATEMENTS: &[&str] = &[
    // The app-scoped Facebook id, as in instagram_accounts.connected_by; gone with the row after an hour.
    "ALTER TABLE connect_visits ADD COLUMN person_id TEXT",
];

/// ANALYZE copies samples of each column into the catalogue, where rewriting the table does not reach them: none of this one.
/// A change of the type, though to the same one, drops the samples that are there.
/// <https://www.postgresql.org/docs/current/sql-altertable.html>
const ON_POSTGRES: &[&str] = &[
    "ALTER TABLE sealed_values ALTER COLUMN ciphertext TYPE BYTEA",
    "ALTER TABLE sealed_values ALTER COLUMN ciphertext SET STATISTICS 0",
];
