//! The schema says which releases may use it, so that the release before can run beside this one and be started again.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000007_schema_versions",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    // A row per version from this one on. `readable_from` grows when a migration takes away what older programs need.
    "CREATE TABLE schema_versions (
        version BIGINT PRIMARY KEY,
        readable_from BIGINT NOT NULL
    )",
    "INSERT INTO schema_versions (version, readable_from) VALUES (6, 4)",
];
