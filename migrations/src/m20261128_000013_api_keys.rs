//! Keys with which programs use the API, and the answers to writes that a program may repeat.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261128_000013_api_keys",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    // Only the SHA-256 of a key's secret half is stored: a copy of the database opens no door.
    "CREATE TABLE api_keys (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        prefix TEXT NOT NULL UNIQUE,
        secret_hash {bytes} NOT NULL,
        scopes TEXT NOT NULL,
        created_by {uuid} REFERENCES users (id) ON DELETE SET NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT,
        last_used_at BIGINT,
        revoked_at BIGINT
    )",
    "CREATE INDEX api_keys_by_tenant ON api_keys (tenant_id)",
    "CREATE INDEX api_keys_by_creator ON api_keys (created_by)",
    // Status and answer are missing while the write is under way; the answer is sealed.
    "CREATE TABLE idempotency_keys (
        api_key_id {uuid} NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        request_digest {bytes} NOT NULL,
        status BIGINT,
        answer TEXT,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        PRIMARY KEY (api_key_id, key)
    )",
    "CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at)",
    "ALTER TABLE audit_log ADD COLUMN api_key_id {uuid} REFERENCES api_keys (id) ON DELETE SET NULL",
    "CREATE INDEX audit_log_by_api_key ON audit_log (api_key_id) WHERE api_key_id IS NOT NULL",
    "INSERT INTO schema_versions (version, readable_from) VALUES (12, 4)",
];
