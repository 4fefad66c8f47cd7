//! A database after months: sixty tenants with 100,000 messages, half of them customers' and answered, told to a
//! receiver of each tenant, a reply that is open, a receiver that is to be told, and the jobs of the last hours.

use engine::storage::{JobPool, sql};

use crate::support::TestDatabase;
use crate::support::stock::Stock;

const NOW: i64 = 1_795_000_000_000;
const STOCK: Stock = Stock {
    messages: 50_000,
    conversations: 6_000,
    until: NOW,
};

/// `{tenant:n}` is the id of tenant `n`, `{series}` the numbers of all of them.
const TENANTS: [&str; 7] = [
    "INSERT INTO tenants (id, slug, name, created_at) SELECT {id}, 'tenant-' || n, 'Tenant', 1 FROM {series}",
    "INSERT INTO accounts (id, tenant_id, channel, enabled, auto_reply, status, status_since, created_at, updated_at)
        SELECT {id}, {id}, 'instagram', TRUE, TRUE, 'connected', 1, 1, 1 FROM {series}",
    "INSERT INTO instagram_accounts (account_id, ig_id, page_id, username, name, connected)
        SELECT {id}, 'ig-' || n, 'page-' || n, 'name', 'Name', TRUE FROM {series}",
    "INSERT INTO reply_configs (account_id, tenant_id, revision, list_version, default_response, default_version, updated_at)
        SELECT {id}, {id}, 1, 1, '{}', 1, 1 FROM {series}",
    "INSERT INTO credit_balances (tenant_id, balance) SELECT {id}, 1000000 FROM {series}",
    "INSERT INTO credit_batches (id, tenant_id, granted, remaining, created_at)
        SELECT {id}, {id}, 2000000, 1000000, 1 FROM {series}",
    "INSERT INTO webhook_endpoints (id, tenant_id, url, description, events, enabled, secret_salt, shown_until, failures, not_before,
            job_no, created_at)
        SELECT {id}, {id}, 'https://shop.example/', '', 'reply.sent', TRUE, {blob}, 1, 0, 1, 1, 1 FROM {series}",
];

/// One reply is open, as at a quiet moment, when the planner looks; each reply of the last hours had a job.
const OPEN: &str = "UPDATE replies SET state = 'queued', settled_at = NULL, platform_message_id = NULL
    WHERE id IN (SELECT id FROM replies ORDER BY id DESC LIMIT 1)";
const SEALS: &str = "INSERT INTO sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at)
    SELECT id, 'inbound_body', tenant_id, 'key', {blob}, created_at FROM replies ORDER BY id DESC LIMIT 5000";
const ECHOES: &str = "INSERT INTO echo_digests (account_id, digest, conversation_id, seen_at)
    SELECT account_id, 'digest-' || customer_id, id, created_at FROM conversations";
/// What one receiver is still to be told.
const UNTOLD: &str = "UPDATE outgoing_webhooks SET outcome = NULL, body = '{}'
    WHERE id IN (SELECT id FROM outgoing_webhooks ORDER BY created_at DESC LIMIT 1)";
const JOBS: &str = "INSERT INTO {jobs} (id, job_type, job, status, done_at, max_attempts, idempotency_key)
    SELECT 'job-' || platform_message_id, 'replies', {blob}, 'Done', {ago:60}, 1, 'reply:' || {hex:id} || ':1'
    FROM replies WHERE settled_at IS NOT NULL ORDER BY id DESC LIMIT 20000";

pub async fn fill(database: &TestDatabase) {
    let (series, id, blob) = match database.job_pool() {
        JobPool::Sqlite(_) => (
            "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 60) SELECT n FROM s) s",
            "unhex(printf('%032x', n))",
            "zeroblob(80)",
        ),
        JobPool::Postgres(_) => (
            "generate_series(1, 60) s (n)",
            "lpad(to_hex(n), 32, '0')::uuid",
            "decode(repeat('00', 80), 'hex')",
        ),
    };
    for text in TENANTS {
        let text = text.replace("{series}", series).replace("{id}", id);
        run(database, text.replace("{blob}", blob)).await;
    }
    STOCK.fill(database).await;
    for text in [OPEN, SEALS, ECHOES, UNTOLD, JOBS] {
        run(database, text.replace("{blob}", blob)).await;
    }
    run(database, "ANALYZE".to_owned()).await;
}

async fn run(database: &TestDatabase, text: String) {
    let done = sql::execute(database.writer(), text.clone(), []).await;
    done.unwrap_or_else(|error| panic!("{text}: {error:?}"));
}
