//! Outgoing webhooks: who is told, and what is still to be told.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261128_000014_outgoing_webhooks",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    // No secret: it is derived from the salt with the digest key, and gone with its salt. `claimed_until` is also the time until
    // which a job that was made counts as alive.
    "CREATE TABLE webhook_endpoints (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        description TEXT NOT NULL,
        events TEXT NOT NULL,
        enabled BOOLEAN NOT NULL,
        switched_off TEXT,
        secret_salt {bytes} NOT NULL,
        earlier_salt {bytes},
        earlier_until BIGINT,
        shown_to {uuid} REFERENCES users (id) ON DELETE SET NULL,
        shown_until BIGINT NOT NULL,
        failures BIGINT NOT NULL,
        failing_since BIGINT,
        not_before BIGINT NOT NULL,
        job_no BIGINT NOT NULL,
        claimed_by TEXT,
        claimed_until BIGINT,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX webhook_endpoints_of_tenant ON webhook_endpoints (tenant_id)",
    // One row for each endpoint that is told, written with what it tells. No reference to the endpoint: one that is deleted at the
    // same moment must not keep a reply from being settled.
    "CREATE TABLE outgoing_webhooks (
        id {uuid} NOT NULL,
        endpoint_id {uuid} NOT NULL,
        tenant_id {uuid} NOT NULL,
        event TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        not_before BIGINT NOT NULL,
        attempts BIGINT NOT NULL,
        last_status BIGINT,
        last_problem TEXT,
        last_ms BIGINT,
        outcome TEXT,
        PRIMARY KEY (id, endpoint_id)
    )",
    "CREATE INDEX outgoing_webhooks_due ON outgoing_webhooks (endpoint_id, not_before) WHERE outcome IS NULL",
    "CREATE INDEX outgoing_webhooks_of_endpoint ON outgoing_webhooks (endpoint_id, created_at)",
    "CREATE INDEX outgoing_webhooks_by_age ON outgoing_webhooks (created_at)",
    "INSERT INTO schema_versions (version, readable_from) VALUES (13, 4)",
];
