//! Connecting accounts through Facebook Login and keeping them connected.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261122_000002_connect",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    // One login attempt. Only hashes of `state` and of the session: a copy of the database finishes no login.
    // While a choice is open, the person's token is sealed with the login attempt's id as its owner.
    "CREATE TABLE connect_visits (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        session_hash {bytes} NOT NULL,
        state_hash {bytes} NOT NULL UNIQUE,
        step TEXT,
        begun_at BIGINT NOT NULL,
        returned_at BIGINT,
        expires_at BIGINT NOT NULL
    )",
    "CREATE INDEX connect_visits_of_session ON connect_visits (session_hash)",
    "CREATE INDEX connect_visits_by_expiry ON connect_visits (expires_at)",
    // The app-scoped Facebook id of the person who connected: Meta's callbacks name it.
    "ALTER TABLE instagram_accounts ADD COLUMN connected_by TEXT",
    "ALTER TABLE instagram_accounts ADD COLUMN page_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE instagram_accounts ADD COLUMN user_token_expires_at BIGINT",
    // Comma separated names; what is missing or refused is what the admin has to see.
    "ALTER TABLE instagram_accounts ADD COLUMN missing_scopes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE instagram_accounts ADD COLUMN subscribed_fields TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE instagram_accounts ADD COLUMN refused_fields TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE instagram_accounts ADD COLUMN test_started_at BIGINT",
    "CREATE INDEX instagram_accounts_by_person ON instagram_accounts (connected_by)",
    // The row is the truth, its job the alarm clock. A check is done once per run, whoever works on it.
    "CREATE TABLE token_checks (
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        day TEXT NOT NULL,
        run BIGINT NOT NULL,
        not_before BIGINT NOT NULL,
        attempts BIGINT NOT NULL DEFAULT 0,
        checked_at BIGINT,
        result TEXT,
        PRIMARY KEY (account_id, day, run)
    )",
    "CREATE INDEX token_checks_due ON token_checks (not_before) WHERE checked_at IS NULL",
    // `person_hash` finds a repeated request; the id itself is deleted with everything else.
    "CREATE TABLE deletion_requests (
        code TEXT PRIMARY KEY,
        person_hash {bytes} NOT NULL UNIQUE,
        accounts BIGINT NOT NULL,
        requested_at BIGINT NOT NULL,
        done_at BIGINT NOT NULL
    )",
];
