//! Connected accounts of every channel, the Instagram side of them, and everything that is stored sealed.

pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE accounts (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        channel TEXT NOT NULL CHECK (channel IN ('instagram')),
        enabled BOOLEAN NOT NULL,
        auto_reply BOOLEAN NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('connected', 'needs_reconnect', 'needs_attention', 'paused', 'disconnected')),
        status_cause TEXT,
        status_since BIGINT NOT NULL,
        paused_until BIGINT,
        pause_step BIGINT NOT NULL DEFAULT 0,
        token_checked_at BIGINT,
        token_expires_at BIGINT,
        data_access_expires_at BIGINT,
        version BIGINT NOT NULL DEFAULT 1,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        CHECK ((status = 'paused') = (paused_until IS NOT NULL))
    )",
    "CREATE INDEX accounts_by_tenant ON accounts (tenant_id)",
    "CREATE TABLE instagram_accounts (
        account_id {uuid} PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
        ig_id TEXT NOT NULL,
        page_id TEXT NOT NULL,
        username TEXT NOT NULL,
        name TEXT NOT NULL,
        connected BOOLEAN NOT NULL
    )",
    // An Instagram account and a Page belong to one tenant at a time; kept data of a disconnected one blocks nobody.
    "CREATE UNIQUE INDEX instagram_accounts_one_ig_id ON instagram_accounts (ig_id) WHERE connected",
    "CREATE UNIQUE INDEX instagram_accounts_one_page_id ON instagram_accounts (page_id) WHERE connected",
    // One table for every sealed value: tokens of accounts, message bodies and composed texts of replies.
    "CREATE TABLE sealed_values (
        owner_id {uuid} NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose IN ('page_token', 'user_token', 'inbound_body', 'composed_reply')),
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        key_id TEXT NOT NULL,
        ciphertext {bytes} NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (owner_id, purpose)
    )",
    "CREATE INDEX sealed_values_by_key ON sealed_values (key_id)",
];
