//! apalis' own statements for its tables (two of our own on PostgreSQL), chosen by what our jobs need.
//!
//! - Jobs are never marked "running": taking one up already locks it, so a second write per job would tell nothing new.
//! - Results are stored, because that is how apalis marks a job as done; ours are all `null`.
//! - On SQLite a heartbeat is only a sign of life: one process works at a time, and [`super::maintenance`] frees what it left. The
//!   search for orphans would read the whole table.
//! - On PostgreSQL a worker that was silent for [`SILENT_HEARTBEATS`] heartbeats loses its jobs to the others.

use std::time::Duration;

use apalis_core::backend::persistence::{Persistence, TaskEvent};
use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::task_id::TaskId;
use apalis_core::worker::context::WorkerContext;
use serde_json::Value;
use sqlx::PgConnection;

use crate::storage::JobPool;

pub(super) const HEARTBEAT: Duration = Duration::from_secs(5);
const SILENT_HEARTBEATS: u32 = 6;

/// Why the tables of apalis cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub(super) enum QueueError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Sqlite(#[from] apalis_sqlite::Error),
    #[error(transparent)]
    Postgres(#[from] apalis_postgres::Error),
    #[error("jobs are enqueued by jobs::queue only")]
    NotThisWay,
}

type Job = Task<Vec<u8>>;

#[derive(Debug, Clone)]
pub(super) struct QueuedJobs {
    pool: JobPool,
    queue: &'static str,
    /// How many jobs the next fetch may take.
    pub(super) fetch_limit: usize,
}

impl QueuedJobs {
    pub(super) fn new(pool: JobPool, queue: &'static str) -> Self {
        Self {
            pool,
            queue,
            fetch_limit: 1,
        }
    }

    fn sqlite(&self) -> apalis_sqlite::Config {
        apalis_sqlite::Config::default()
            .queue(self.queue)
            .batch_size(self.fetch_limit)
            .heartbeat_interval(HEARTBEAT)
    }
}

/// apalis' own function joins the jobs it takes with all jobs that are kept, finished ones included: 7 ms for one job with 20,000
/// finished ones, and growing. An array of ids makes PostgreSQL look up just those.
async fn fetch_on_postgres(
    connection: &mut PgConnection,
    queue: &str,
    worker: &str,
    limit: i64,
) -> Result<Vec<Job>, QueueError> {
    let text = "UPDATE apalis.jobs SET status = 'Queued', lock_by = $1, lock_at = now()
        WHERE id = ANY (ARRAY(
            SELECT id FROM apalis.jobs
            WHERE job_type = $2 AND run_at < now()
                AND (status = 'Pending' OR (status = 'Failed' AND attempts < max_attempts))
            ORDER BY priority DESC, run_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING id, job";
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(text)
        .bind(worker)
        .bind(queue)
        .bind(limit)
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, job)| TaskBuilder::new(job).task_id(TaskId::from_string(id)).build())
        .collect())
}

async fn free_orphans(connection: &mut PgConnection, queue: &str) -> Result<(), QueueError> {
    let silent_for = HEARTBEAT * SILENT_HEARTBEATS;
    apalis_postgres::queries::reenqueue_orphaned(connection, queue, silent_for.as_secs()).await?;
    Ok(())
}

/// apalis' own statement takes the time from this server and a type that it keeps to itself.
async fn register_on_postgres(connection: &mut PgConnection, queue: &str, worker: &str) -> Result<(), QueueError> {
    let text =
        "INSERT INTO apalis.workers (id, worker_type, storage_name, layers, last_seen) VALUES ($1, $2, $3, '', now())";
    sqlx::query(text)
        .bind(worker)
        .bind(queue)
        .bind("concierge")
        .execute(connection)
        .await?;
    Ok(())
}

impl Persistence for QueuedJobs {
    type Compact = Vec<u8>;
    type Response = Value;
    type Error = QueueError;

    async fn register(&mut self, worker: &WorkerContext) -> Result<(), QueueError> {
        match &self.pool {
            JobPool::Sqlite(pool) => {
                apalis_sqlite::queries::register_worker(pool, &self.sqlite(), worker, "concierge").await?;
            }
            JobPool::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                register_on_postgres(&mut connection, self.queue, worker.name()).await?;
                free_orphans(&mut connection, self.queue).await?;
            }
        }
        Ok(())
    }

    async fn heartbeat(&mut self, worker: &WorkerContext) -> Result<(), QueueError> {
        match &self.pool {
            JobPool::Sqlite(pool) => apalis_sqlite::queries::keep_alive(pool, &self.sqlite(), worker).await?,
            JobPool::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                apalis_postgres::queries::keep_alive(&mut *connection, self.queue, worker).await?;
                free_orphans(&mut connection, self.queue).await?;
            }
        }
        Ok(())
    }

    async fn fetch_next(&mut self, worker: &WorkerContext) -> Result<Vec<Job>, QueueError> {
        match &self.pool {
            JobPool::Sqlite(pool) => Ok(apalis_sqlite::queries::fetch_next(pool, &self.sqlite(), worker).await?),
            JobPool::Postgres(pool) => {
                let limit = i64::try_from(self.fetch_limit).unwrap_or(i64::MAX);
                fetch_on_postgres(&mut *pool.acquire().await?, self.queue, worker.name(), limit).await
            }
        }
    }

    async fn handle_events(&mut self, events: Vec<TaskEvent<Value>>, worker: &WorkerContext) -> Result<(), QueueError> {
        let done: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                TaskEvent::Complete(result) => Some(result),
                _ => None,
            })
            .collect();
        match &self.pool {
            JobPool::Sqlite(pool) => {
                apalis_sqlite::queries::ack_tasks(pool, &done, worker.name()).await?;
            }
            JobPool::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                apalis_postgres::queries::handle_results(&mut *connection, &done, worker.name()).await?;
            }
        }
        Ok(())
    }

    async fn reenqueue_abandoned(&mut self, jobs: Vec<Job>, worker: &WorkerContext) -> Result<u64, QueueError> {
        let ids: Vec<String> = jobs.iter().filter_map(|job| Some(job.task_id()?.to_string())).collect();
        match &self.pool {
            JobPool::Sqlite(pool) => {
                Ok(apalis_sqlite::queries::reenqueue_abandoned(pool, self.queue, worker.name(), &ids).await?)
            }
            JobPool::Postgres(pool) => {
                let mut connection = pool.acquire().await?;
                Ok(
                    apalis_postgres::queries::reenqueue_abandoned(&mut *connection, self.queue, worker.name(), &ids)
                        .await?,
                )
            }
        }
    }

    async fn push_tasks(&mut self, _: Vec<Job>) -> Result<(), QueueError> {
        Err(QueueError::NotThisWay)
    }
}
