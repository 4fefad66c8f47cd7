//! What forms leave for the next page of somebody who is signed in. It leaves the session, which every request reads.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000008_edge",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "CREATE TABLE flashes (
        session_hash {bytes} PRIMARY KEY REFERENCES sessions (id_hash) ON DELETE CASCADE,
        path TEXT NOT NULL,
        content TEXT NOT NULL,
        expires_at BIGINT NOT NULL
    )",
    "CREATE INDEX flashes_expires ON flashes (expires_at)",
    // One per person; the digest says which file a flash is about.
    "CREATE TABLE import_previews (
        user_id {uuid} PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        digest {bytes} NOT NULL,
        content TEXT NOT NULL,
        expires_at BIGINT NOT NULL
    )",
    "INSERT INTO schema_versions (version, readable_from) VALUES (7, 4)",
];
