//! The ceiling of acknowledging: deliveries that wait are gathered, and each gets the six rows that the inbox writes for a DM, in
//! the same tables, by one statement for each table and one commit. Nothing is read, parsed, looked up or sealed.

use engine::storage::JobPool;
use sqlx::{Acquire, QueryBuilder};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::deliveries::now_ms;

const LARGEST_GROUP: usize = 64;
/// As the inbox has: one group is gathered while another commits.
const POSTGRES_WRITERS: usize = 3;
/// About as long as a sealed question.
const SEALED: [u8; 100] = [7; 100];

/// Hands deliveries to the writers.
pub type Queue = mpsc::Sender<oneshot::Sender<()>>;

/// The one account of the deployment.
#[derive(Clone, Copy)]
struct Account {
    tenant: Uuid,
    id: Uuid,
}

/// The ids of one delivery.
struct Ids {
    conversation: Uuid,
    message: Uuid,
    reply: Uuid,
    mid: String,
}

impl Ids {
    fn new() -> Self {
        let mid = format!("aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE{}", Uuid::new_v4().simple());
        Self {
            conversation: Uuid::now_v7(),
            message: Uuid::now_v7(),
            reply: Uuid::now_v7(),
            mid,
        }
    }
}

/// Starts the writers on a deployment with one tenant.
pub async fn start(pool: JobPool) -> Queue {
    const ACCOUNT: &str = "SELECT tenant_id, id FROM accounts";
    let (tenant, id) = match &pool {
        JobPool::Sqlite(pool) => sqlx::query_as(ACCOUNT).fetch_one(pool).await,
        JobPool::Postgres(pool) => sqlx::query_as(ACCOUNT).fetch_one(pool).await,
    }
    .expect("the deployment has an account");
    let (queue, waiting) = mpsc::channel(1024);
    let waiting = std::sync::Arc::new(tokio::sync::Mutex::new(waiting));
    let writers = if matches!(pool, JobPool::Sqlite(_)) {
        1
    } else {
        POSTGRES_WRITERS
    };
    for _ in 0..writers {
        tokio::spawn(write_groups(pool.clone(), Account { tenant, id }, waiting.clone()));
    }
    queue
}

type Waiting = std::sync::Arc<tokio::sync::Mutex<mpsc::Receiver<oneshot::Sender<()>>>>;

async fn write_groups(pool: JobPool, account: Account, waiting: Waiting) {
    loop {
        let mut group = Vec::new();
        if waiting.lock().await.recv_many(&mut group, LARGEST_GROUP).await == 0 {
            return;
        }
        let rows: Vec<Ids> = group.iter().map(|_| Ids::new()).collect();
        let written = match &pool {
            JobPool::Sqlite(pool) => on_sqlite(pool, account, &rows).await,
            JobPool::Postgres(pool) => on_postgres(pool, account, &rows).await,
        };
        written.expect("the rows fit");
        for delivery in group {
            let _hung_up = delivery.send(());
        }
    }
}

/// Sizes that are powers of two, so that prepared statements are reused.
fn chunks(mut rows: &[Ids]) -> impl Iterator<Item = &[Ids]> {
    std::iter::from_fn(move || {
        let size = (!rows.is_empty()).then(|| 1 << rows.len().ilog2())?;
        let (chunk, rest) = rows.split_at(size);
        rows = rest;
        Some(chunk)
    })
}

/// Writes the rows of one table.
macro_rules! insert {
    ($database:ty, $connection:expr, $rows:expr, $text:expr, |$ids:ident| [$($value:expr),+]) => {{
        let mut query = QueryBuilder::<$database>::new($text);
        query.push_values($rows, |mut row, $ids| {
            $( row.push_bind($value); )+
        });
        query.build().persistent(true).execute(&mut *$connection).await?;
    }};
}

macro_rules! insert_all {
    ($database:ty, $connection:expr, $account:expr, $rows:expr, $jobs:literal) => {{
        let (now, none) = (now_ms(), 0i64);
        let Account { tenant, id: account } = $account;
        insert!($database, $connection, $rows,
            "INSERT INTO inbound_events (account_id, event_key, received_at) ",
            |ids| [account, &ids.mid, now]);
        insert!($database, $connection, $rows,
            "INSERT INTO conversations (id, tenant_id, account_id, customer_id, window_until, created_at) ",
            |ids| [ids.conversation, tenant, account, &ids.mid, now, now]);
        insert!($database, $connection, $rows,
            "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
                platform_message_id, occurred_at, created_at) ",
            |ids| [ids.message, tenant, "instagram", account, "inbound", "customer", "text", &ids.mid, "business", &ids.mid,
                now, now]);
        insert!($database, $connection, $rows,
            "INSERT INTO replies (id, tenant_id, account_id, conversation_id, message_id, state, not_before, occurred_at,
                version, attempts, lookups, empty_lookups, presumed_sent, panics, job_no, created_at) ",
            |ids| [ids.reply, tenant, account, ids.conversation, ids.message, "queued", now, now, 1i64, none, none, none,
                false, none, 1i64, now]);
        insert!($database, $connection, $rows,
            "INSERT INTO sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at) ",
            |ids| [ids.reply, "inbound_body", tenant, "bench", &SEALED[..], now]);
        insert!($database, $connection, $rows,
            concat!("INSERT INTO ", $jobs, " (id, job_type, job, max_attempts, idempotency_key) "),
            |ids| [ids.reply.simple().to_string(), "bench", &SEALED[..60], 1i32, ids.reply.to_string()]);
    }};
}

async fn on_sqlite(pool: &sqlx::SqlitePool, account: Account, rows: &[Ids]) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let connection = transaction.acquire().await?;
    for rows in chunks(rows) {
        insert_all!(sqlx::Sqlite, connection, account, rows, "Jobs");
    }
    transaction.commit().await
}

async fn on_postgres(pool: &sqlx::PgPool, account: Account, rows: &[Ids]) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let connection = transaction.acquire().await?;
    for rows in chunks(rows) {
        insert_all!(sqlx::Postgres, connection, account, rows, "apalis.jobs");
    }
    transaction.commit().await
}
