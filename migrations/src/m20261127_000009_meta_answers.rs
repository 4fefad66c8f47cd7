//! A grant of credits can carry a reference of its own, so that repeating the command grants nothing twice.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000009_meta_answers",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "ALTER TABLE credit_batches ADD COLUMN reference TEXT",
    "CREATE UNIQUE INDEX credit_batches_reference ON credit_batches (tenant_id, reference) WHERE reference IS NOT NULL",
    "INSERT INTO schema_versions (version, readable_from) VALUES (8, 4)",
];
