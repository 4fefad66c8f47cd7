//! Other automations of an account are told from persons, and what had no end gets one.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000010_values",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "ALTER TABLE accounts ADD COLUMN automation_seen_at BIGINT",
    // Keyed digests of what the account wrote without us: the same words in several conversations are no person's.
    "CREATE TABLE echo_digests (
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        digest TEXT NOT NULL,
        conversation_id {uuid} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        seen_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, digest, conversation_id)
    )",
    "CREATE INDEX echo_digests_by_age ON echo_digests (seen_at)",
    "CREATE INDEX echo_digests_by_conversation ON echo_digests (conversation_id)",
    "CREATE INDEX conversations_by_window ON conversations (window_until)",
    "CREATE INDEX audit_log_by_age ON audit_log (created_at)",
    // Digests of few enough ids to be searched through give way to something as unique that tells nothing.
    "UPDATE deletion_requests SET person_hash = CAST(code AS {bytes})",
    "INSERT INTO schema_versions (version, readable_from) VALUES (9, 4)",
];
