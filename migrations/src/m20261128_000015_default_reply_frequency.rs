//! How often one customer gets the default reply of an account.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261128_000015_default_reply_frequency",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "ALTER TABLE accounts ADD COLUMN default_reply_frequency TEXT NOT NULL DEFAULT 'every_time'",
    "INSERT INTO schema_versions (version, readable_from) VALUES (14, 4)",
];
