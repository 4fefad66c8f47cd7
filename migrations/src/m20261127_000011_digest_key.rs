//! Digests get a key of their own, which stays when the encryption keys change.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000011_digest_key",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    // One row for all servers; the first that starts writes it.
    "CREATE TABLE digest_keys (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        key_id TEXT NOT NULL,
        ciphertext {bytes} NOT NULL
    )",
    "INSERT INTO schema_versions (version, readable_from) VALUES (10, 4)",
];
