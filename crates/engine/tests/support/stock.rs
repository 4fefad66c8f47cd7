//! Many stored messages, as they lie there weeks later: half of them customers', each with its final reply, its event key, its credit,
//! the message that answered it, and what each receiver of its tenant was told. They belong to the accounts that exist, in turn. One statement writes each table.
//!
//! The benchmarks fill their databases with it too. Foreign keys hold by construction and are not checked while it runs.
#![allow(dead_code, reason = "the tests and the benchmarks each use their own part")]
#![allow(
    clippy::allow_attributes,
    reason = "an unused part is expected in some binaries only"
)]

use engine::storage::{Database, JobPool};
use sqlx::{AssertSqlSafe, Executor};

/// How much, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Stock {
    /// Customers' messages; as many answers come on top.
    pub messages: u32,
    /// A multiple of the number of accounts.
    pub conversations: u32,
    /// When the last message came, in milliseconds; the others came a second apart.
    pub until: i64,
}

/// `{messages}` and `{conversations}` are series of numbers `n` from 1, each with its account; `{id:x:n}` is an id that sorts by `n`,
/// as ours do by time.
const TABLES: [&str; 7] = [
    "INSERT INTO conversations (id, tenant_id, account_id, customer_id, window_until, created_at)
        SELECT {id:c:(n % {count})}, a.tenant_id, a.id, 'stored-' || (n % {count}), {time:n}, {time:n} FROM {conversations}",
    "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, reply_id, response_kind, outcome, credits, latency_ms, occurred_at, created_at)
        SELECT {id:d:n}, a.tenant_id, 'instagram', a.id, 'inbound', 'customer', 'text', 'stored-' || (n % {count}),
            'business', 'in-' || n, {id:f:n}, 'canned', 'sent', 1, 900, {time:n}, {time:n} FROM {messages}",
    "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, reply_id, response_kind, credits, occurred_at, created_at)
        SELECT {id:e:n}, a.tenant_id, 'instagram', a.id, 'outbound', 'concierge', 'text', 'business',
            'stored-' || (n % {count}), 'out-' || n, {id:f:n}, 'canned', 0, {time:n}, {time:n} FROM {messages}",
    "INSERT INTO replies (id, tenant_id, account_id, conversation_id, message_id, state, not_before, occurred_at, response_kind,
            version, attempts, lookups, empty_lookups, presumed_sent, panics, job_no, sending_at, platform_message_id,
            created_at, settled_at)
        SELECT {id:f:n}, a.tenant_id, a.id, {id:c:(n % {count})}, {id:d:n}, 'sent', {time:n}, {time:n}, 'canned',
            4, 1, 0, 0, FALSE, 0, 1, {time:n}, 'out-' || n, {time:n}, {time:n} FROM {messages}",
    "INSERT INTO inbound_events (account_id, event_key, received_at)
        SELECT a.id, 'stored-' || n, {time:n} FROM {messages}",
    "INSERT INTO credit_ledger (id, tenant_id, batch_id, reply_id, kind, amount, balance_after, created_at)
        SELECT {id:b:n}, b.tenant_id, b.id, {id:f:n}, 'deduct', -1, 1000000, {time:n}
        FROM {messages} JOIN credit_batches b ON b.tenant_id = a.tenant_id",
    "INSERT INTO outgoing_webhooks (id, endpoint_id, tenant_id, event, body, created_at, not_before, attempts, last_status,
            last_ms, outcome)
        SELECT {id:a:n}, e.id, e.tenant_id, 'reply.sent', '', {time:n}, {time:n}, 1, 204, 20, 'delivered'
        FROM {messages} JOIN webhook_endpoints e ON e.tenant_id = a.tenant_id",
];

const BEFORE_SQLITE: &str = "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF";
const AFTER_SQLITE: &str =
    "ANALYZE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_checkpoint(TRUNCATE)";
const BEFORE_POSTGRES: &str = "SET session_replication_role = replica";
const AFTER_POSTGRES: [&str; 3] = ["RESET session_replication_role", "VACUUM ANALYZE", "CHECKPOINT"];

impl Stock {
    /// Writes it into a database in which each tenant has one account and one batch of credits; a superuser's on PostgreSQL.
    pub async fn fill(&self, database: &Database) {
        match database.job_pool() {
            JobPool::Sqlite(pool) => {
                run(pool, BEFORE_SQLITE.to_owned()).await;
                let series = |count| {
                    format!(
                        "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) SELECT n FROM s) s"
                    )
                };
                let id = |letter: &str, n: &str| format!("unhex(printf('%016x', {n}) || '{}')", letter.repeat(16));
                for table in TABLES {
                    run(pool, self.rendered(table, series, id)).await;
                }
                run(pool, AFTER_SQLITE.to_owned()).await;
            }
            JobPool::Postgres(pool) => {
                let mut connection = pool.acquire().await.expect("the database answers");
                let series = |count| format!("generate_series(1, {count}) s (n)");
                let id =
                    |letter: &str, n: &str| format!("(lpad(to_hex({n}), 16, '0') || '{}')::uuid", letter.repeat(16));
                run(&mut *connection, BEFORE_POSTGRES.to_owned()).await;
                for table in TABLES {
                    run(&mut *connection, self.rendered(table, series, id)).await;
                }
                for text in AFTER_POSTGRES {
                    run(&mut *connection, text.to_owned()).await;
                }
            }
        }
    }

    fn rendered(&self, table: &str, series: impl Fn(u32) -> String, id: impl Fn(&str, &str) -> String) -> String {
        let Self {
            messages,
            conversations,
            until,
        } = self;
        let with_account = |count| {
            format!(
                "{} JOIN (SELECT id, tenant_id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS number FROM accounts) a
                    ON a.number = s.n % (SELECT COUNT(*) FROM accounts)",
                series(count)
            )
        };
        let text = table
            .replace("{messages}", &with_account(*messages))
            .replace("{conversations}", &with_account(*conversations))
            .replace("{count}", &conversations.to_string());
        let text = with_calls(&text, "time", |n| format!("({until} - ({messages} - {n}) * 1000)"));
        with_calls(&text, "id", |call| {
            let (letter, n) = call.split_once(':').expect("a letter and a number");
            id(letter, n)
        })
    }
}

async fn run<'c>(connection: impl Executor<'c>, text: String) {
    connection
        .execute(AssertSqlSafe(text.clone()))
        .await
        .unwrap_or_else(|error| panic!("{text}: {error}"));
}

/// Replaces every `{name:argument}`.
fn with_calls(text: &str, name: &str, with: impl Fn(&str) -> String) -> String {
    let opening = format!("{{{name}:");
    let mut pieces = text.split(opening.as_str());
    let mut rendered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (argument, rest) = piece.split_once('}').expect("it is closed");
        rendered.push_str(&with(argument));
        rendered.push_str(rest);
    }
    rendered
}
