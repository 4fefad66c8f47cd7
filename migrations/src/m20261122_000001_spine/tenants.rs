//! Who uses the deployment: tenants, users, their memberships, sessions and sign-in protection.

pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE tenants (
        id {uuid} PRIMARY KEY,
        slug TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        time_zone TEXT NOT NULL DEFAULT 'UTC',
        created_at BIGINT NOT NULL
    )",
    // E-mail addresses are stored in lower case by the engine.
    "CREATE TABLE users (
        id {uuid} PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        password_hash TEXT NOT NULL,
        is_operator BOOLEAN NOT NULL DEFAULT FALSE,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE TABLE memberships (
        user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
        created_at BIGINT NOT NULL,
        PRIMARY KEY (user_id, tenant_id)
    )",
    "CREATE INDEX memberships_by_tenant ON memberships (tenant_id)",
    // Only the SHA-256 of a session id is stored: a copy of the database opens no session.
    "CREATE TABLE sessions (
        id_hash {bytes} PRIMARY KEY,
        data TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL
    )",
    "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
    // `key` is an HMAC of the e-mail, or of e-mail and client network.
    "CREATE TABLE sign_in_throttle (
        key {bytes} PRIMARY KEY,
        failures BIGINT NOT NULL,
        blocked_until BIGINT NOT NULL,
        last_at BIGINT NOT NULL
    )",
    // Set-up of the first admin and password resets.
    "CREATE TABLE one_time_codes (
        id {uuid} PRIMARY KEY,
        purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'password_reset')),
        user_id {uuid} REFERENCES users (id) ON DELETE CASCADE,
        code_hash {bytes} NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        used_at BIGINT
    )",
];
