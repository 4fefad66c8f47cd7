//! What the webhook is measured against: the least a server can do and still keep what it acknowledged. A bare axum handler that
//! verifies the signature and writes two rows in one transaction per delivery, on the same connections with the same settings; or,
//! asked for so, one that hands deliveries to [`grouped`].
//!
//! It runs as a process of its own, like the server: the benchmark starts itself with [`VARIABLE`] set.

use std::net::SocketAddr;
use std::process::{Child, Command};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use engine::storage::{Database, JobPool};
use http::{HeaderMap, StatusCode};
use server::webhook::signature::Signatures;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::deployment::APP_SECRET;
use crate::grouped;

const VARIABLE: &str = "CONCIERGE_BENCH_BARE";

/// The bare server; killed when dropped.
pub struct Bare(Child);

impl Drop for Bare {
    fn drop(&mut self) {
        let _already_dead = self.0.kill();
        let _already_dead = self.0.wait();
    }
}

/// How the bare handler writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// Two rows and a commit per delivery, on an empty database.
    Alone,
    /// What waits together, on a deployment with one tenant.
    Grouped,
}

const GROUPED: &str = "grouped";

/// Starts it.
pub async fn start(address: SocketAddr, database_url: &str, writes: Writes) -> Bare {
    let program = std::env::current_exe().expect("a program knows itself");
    let writes = if writes == Writes::Grouped { GROUPED } else { "alone" };
    let child = Command::new(program)
        .env(VARIABLE, format!("{writes} {address} {database_url}"))
        .spawn();
    let bare = Bare(child.expect("the benchmark starts itself"));
    while tokio::net::TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bare
}

/// What this process was started for, when it is the bare server.
pub fn asked_for() -> Option<(Writes, SocketAddr, String)> {
    let asked = std::env::var(VARIABLE).ok()?;
    let (writes, rest) = asked.split_once(' ')?;
    let (address, url) = rest.split_once(' ')?;
    let writes = if writes == GROUPED {
        Writes::Grouped
    } else {
        Writes::Alone
    };
    Some((writes, address.parse().ok()?, url.to_owned()))
}

#[derive(Clone)]
struct Door {
    signatures: Signatures,
    store: Store,
}

#[derive(Clone)]
enum Store {
    Alone(JobPool),
    Grouped(grouped::Queue),
}

const TABLES: [&str; 2] = [
    "CREATE TABLE bare_messages (id {bytes} PRIMARY KEY, body {bytes} NOT NULL)",
    "CREATE TABLE bare_jobs (id {bytes} PRIMARY KEY, message_id {bytes} NOT NULL)",
];
const MESSAGE: &str = "INSERT INTO bare_messages (id, body) VALUES ($1, $2)";
const JOB: &str = "INSERT INTO bare_jobs (id, message_id) VALUES ($1, $2)";

pub async fn serve(writes: Writes, address: SocketAddr, database_url: &str) {
    let database = Database::open(database_url).await.expect("the database opens");
    let pool = database.job_pool().clone();
    let store = match writes {
        Writes::Grouped => Store::Grouped(grouped::start(pool).await),
        Writes::Alone => {
            create_tables(&pool).await;
            Store::Alone(pool)
        }
    };
    let door = Door {
        signatures: Signatures::new(vec![APP_SECRET.into()]),
        store,
    };
    let router = Router::new()
        .route("/webhook/instagram", post(deliver))
        .with_state(door);
    let listener = tokio::net::TcpListener::bind(address).await.expect("a free port");
    axum::serve(listener, router).await.expect("it serves");
}

async fn create_tables(pool: &JobPool) {
    for table in TABLES {
        match pool {
            JobPool::Sqlite(pool) => {
                let text = sqlx::AssertSqlSafe(table.replace("{bytes}", "BLOB"));
                sqlx::query(text).execute(pool).await.expect("a table");
            }
            JobPool::Postgres(pool) => {
                let text = sqlx::AssertSqlSafe(table.replace("{bytes}", "BYTEA"));
                sqlx::query(text).execute(pool).await.expect("a table");
            }
        }
    }
}

async fn deliver(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> Result<&'static str, StatusCode> {
    let mut proof = door.signatures.begin(&headers).ok_or(StatusCode::UNAUTHORIZED)?;
    proof.update(&body);
    if !proof.holds() {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let stored = match &door.store {
        Store::Alone(JobPool::Sqlite(pool)) => on_sqlite(pool, &body).await.is_ok(),
        Store::Alone(JobPool::Postgres(pool)) => on_postgres(pool, &body).await.is_ok(),
        Store::Grouped(queue) => {
            let (written, is_written) = oneshot::channel();
            queue.send(written).await.is_ok() && is_written.await.is_ok()
        }
    };
    stored
        .then_some("EVENT_RECEIVED")
        .ok_or(StatusCode::SERVICE_UNAVAILABLE)
}

fn ids() -> [Vec<u8>; 2] {
    [Uuid::new_v4().as_bytes().to_vec(), Uuid::new_v4().as_bytes().to_vec()]
}

async fn on_sqlite(pool: &sqlx::SqlitePool, body: &[u8]) -> Result<(), sqlx::Error> {
    let [message, job] = ids();
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(MESSAGE)
        .bind(&message)
        .bind(body)
        .execute(&mut *transaction)
        .await?;
    sqlx::query(JOB)
        .bind(&job)
        .bind(&message)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

async fn on_postgres(pool: &sqlx::PgPool, body: &[u8]) -> Result<(), sqlx::Error> {
    let [message, job] = ids();
    let mut transaction = pool.begin().await?;
    sqlx::query(MESSAGE)
        .bind(&message)
        .bind(body)
        .execute(&mut *transaction)
        .await?;
    sqlx::query(JOB)
        .bind(&job)
        .bind(&message)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}
