//! The index of open replies in a conversation gets a condition of its own, and that of sent ones holds all.
//!
//! PostgreSQL takes any index whose condition holds, and a small one is cheap to read from end to end at the moment when it plans:
//! three indices with one condition were taken for one another, and the plan outlives the moment. A conversation that is deleted takes its
//! replies along; no index with a condition finds them.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261128_000012_open_replies",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "DROP INDEX replies_open_in_conversation",
    "CREATE INDEX replies_open_in_conversation ON replies (conversation_id, occurred_at) WHERE COALESCE(settled_at, 0) = 0",
    "DROP INDEX replies_sent_in_conversation",
    "CREATE INDEX replies_in_conversation ON replies (conversation_id, settled_at)",
    "INSERT INTO schema_versions (version, readable_from) VALUES (11, 4)",
];
