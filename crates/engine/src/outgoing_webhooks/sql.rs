//! Statements on endpoints and outgoing webhooks that decide while they write, or need both tables.

use domain::ids::TenantId;
use domain::outgoing_webhooks::WebhookEvent;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::statements;

/// What a worker needs of the endpoint it claimed.
#[derive(FromQueryResult)]
pub(super) struct ClaimedRow {
    pub(super) tenant_id: TenantId,
    pub(super) url: String,
    pub(super) secret_salt: Vec<u8>,
    pub(super) earlier_salt: Option<Vec<u8>>,
    pub(super) earlier_until: Option<Timestamp>,
}

/// One that is to be sent.
#[derive(FromQueryResult)]
pub(super) struct DueRow {
    pub(super) id: Uuid,
    pub(super) event: WebhookEvent,
    pub(super) body: String,
    pub(super) created_at: Timestamp,
    pub(super) attempts: i64,
}

/// Now; the endpoints with something to send and nobody who does it.
macro_rules! is_due {
    () => {
        "enabled AND not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
            AND EXISTS (SELECT 1 FROM outgoing_webhooks w WHERE w.endpoint_id = webhook_endpoints.id
                AND w.outcome IS NULL AND w.not_before <= $1)"
    };
}

statements! {
    /// Now, and the events: one row for each endpoint of its tenant that wants it.
    pub(super) const RECORD: &str =
        "WITH v (id, tenant_id, event, body) AS (VALUES {rows:uuid uuid text text})
        INSERT INTO outgoing_webhooks (id, endpoint_id, tenant_id, event, body, created_at, not_before, attempts)
        SELECT v.id, e.id, e.tenant_id, v.event, v.body, CAST($1 AS BIGINT), CAST($1 AS BIGINT), 0
        FROM v JOIN webhook_endpoints e ON e.tenant_id = v.tenant_id
        WHERE e.enabled AND ',' || e.events || ',' LIKE '%,' || v.event || ',%'";

    pub(super) const IS_DUE: &str =
        concat!("SELECT id FROM webhook_endpoints WHERE ", is_due!(), " LIMIT 1");

    /// Now, until when their jobs count as alive, and how many at most; those that were put off come behind. The condition stands twice: PostgreSQL looks at the outer one
    /// again after it waited for another server's transaction.
    pub(super) const TAKE_DUE: &str = concat!(
        "UPDATE webhook_endpoints SET job_no = job_no + 1, claimed_by = NULL, claimed_until = $2
        WHERE ", is_due!(), " AND id IN
            (SELECT id FROM webhook_endpoints WHERE ", is_due!(), " ORDER BY not_before LIMIT $3)
        RETURNING id, job_no");

    /// Endpoint, number of the job, claim, its end.
    pub(super) const CLAIM: &str =
        "UPDATE webhook_endpoints SET claimed_by = $3, claimed_until = $4
        WHERE id = $1 AND job_no = $2 AND claimed_by IS NULL AND enabled
        RETURNING tenant_id, url, secret_salt, earlier_salt, earlier_until";

    /// Endpoint, claim, its new end. Locks the row before those of its webhooks, as the owner's changes do.
    pub(super) const KEEP_CLAIM: &str =
        "UPDATE webhook_endpoints SET claimed_until = $3 WHERE id = $1 AND claimed_by = $2 AND enabled";

    pub(super) const RELEASE: &str =
        "UPDATE webhook_endpoints SET claimed_by = NULL, claimed_until = NULL WHERE id = $1 AND claimed_by = $2";

    pub(super) const VOID_ALL_CLAIMS: &str =
        "UPDATE webhook_endpoints SET claimed_by = NULL, claimed_until = NULL WHERE claimed_until IS NOT NULL";

    /// Endpoint, now, how many at most.
    pub(super) const DUE_WEBHOOKS: &str =
        "SELECT id, event, body, created_at, attempts FROM outgoing_webhooks
        WHERE endpoint_id = $1 AND outcome IS NULL AND not_before <= $2 ORDER BY not_before, id LIMIT $3";

    pub(super) const RECORD_SUCCESS: &str =
        "UPDATE webhook_endpoints SET failures = 0, failing_since = NULL WHERE id = $1 AND failures > 0";

    /// Endpoint, how many, now.
    pub(super) const RECORD_FAILURES: &str =
        "UPDATE webhook_endpoints SET failures = failures + $2, failing_since = COALESCE(failing_since, $3)
        WHERE id = $1 RETURNING failures, failing_since";

    /// Endpoint and reason. One that is off may get another reason: its owner leaves it off.
    pub(super) const SWITCH_OFF: &str =
        "UPDATE webhook_endpoints SET enabled = FALSE, switched_off = $2, claimed_by = NULL, claimed_until = NULL
        WHERE id = $1 AND (enabled OR switched_off <> $2)";

    /// Endpoint and outcome: 500 at a time of one that is off. In the order in which a worker writes what came back: neither waits for a
    /// row that the other one has while it has one that the other waits for. What waits is chosen inside alone, where PostgreSQL looks again
    /// after waiting: the same condition outside would have it read all that waits for anybody instead of finding these rows by their ids.
    pub(super) const END_WAITING: &str =
        "UPDATE outgoing_webhooks SET outcome = $2, body = '' WHERE (id, endpoint_id) IN
            (SELECT w.id, w.endpoint_id FROM outgoing_webhooks w WHERE w.endpoint_id = $1 AND w.outcome IS NULL
                AND EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.id = $1 AND NOT e.enabled)
            ORDER BY w.not_before, w.id LIMIT 500 {lock:FOR UPDATE})";
}
