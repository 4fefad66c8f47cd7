//! What an account answers: its reply config (default reply and versions) and its ordered rules.

pub(super) const STATEMENTS: &[&str] = &[
    // `revision` grows with every change (cache key of the compiled rules), `list_version` with order, add and delete.
    "CREATE TABLE reply_configs (
        account_id {uuid} PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        revision BIGINT NOT NULL,
        list_version BIGINT NOT NULL,
        default_response TEXT NOT NULL,
        default_version BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE TABLE rules (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES reply_configs (account_id) ON DELETE CASCADE,
        position BIGINT NOT NULL,
        label TEXT NOT NULL,
        matcher TEXT NOT NULL,
        response TEXT NOT NULL,
        enabled BOOLEAN NOT NULL,
        version BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        deleted_at BIGINT
    )",
    "CREATE UNIQUE INDEX rules_one_per_position ON rules (account_id, position) WHERE deleted_at IS NULL",
];
