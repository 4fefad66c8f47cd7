//! Everything about the tables of apalis that is not a job in work: how many are due, locks of workers that are gone, purging, and
//! what the tables need from PostgreSQL.

use domain::time::Timestamp;

use super::sql::{DEPTH, DepthRow, FORGET_LOCKS, FORGET_WORKERS, FREE_ALL_JOBS, FREE_JOBS_OF_WORKER, PURGE_JOBS};
use crate::storage::{Connection, Database, DatabaseBackend, JobPool, StorageError, sql};

/// The replies that could be worked on at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueDepth {
    /// Due and not in work; what waits for a later moment does not count.
    pub waiting: i64,
    /// Seconds since the longest waiting one fell due.
    pub oldest_seconds: i64,
}

/// How far behind the workers are at `now`, read from our rows: job rows may be missing or double.
pub async fn depth<C: Connection>(connection: &C, now: Timestamp) -> Result<QueueDepth, StorageError> {
    let row = sql::optional::<DepthRow, _>(connection, DEPTH, [now.into()]).await?;
    Ok(row.map_or_else(QueueDepth::default, |row| QueueDepth {
        waiting: row.waiting,
        oldest_seconds: row
            .oldest
            .map_or(0, |oldest| (now.as_millis() - oldest.as_millis()) / 1000),
    }))
}

/// Makes every job that a former process had taken up available again; returns how many.
///
/// On SQLite one process works at a time (a lock file sees to that), so at its start every lock is void. On PostgreSQL this does
/// nothing, because other processes may be at work: apalis frees the jobs of a worker whose heartbeat has stopped, and
/// [`super::stranded`] gives a reply a new job when nothing came of the old one.
pub async fn release_orphans_at_start(database: &Database) -> Result<u64, StorageError> {
    if database.backend() != DatabaseBackend::Sqlite {
        return Ok(0);
    }
    let tx = database.begin().await?;
    let released = sql::execute(&tx, FREE_ALL_JOBS, []).await?;
    sql::execute(&tx, FORGET_LOCKS, []).await?;
    // apalis keeps every worker there ever was; nothing refers to them now.
    sql::execute(&tx, FORGET_WORKERS, []).await?;
    tx.commit().await?;
    Ok(released)
}

/// Makes the jobs of one worker of this process, which has just ended, available again.
pub(super) async fn release_jobs_of(database: &Database, worker: &str) -> Result<u64, StorageError> {
    sql::execute(database.writer(), FREE_JOBS_OF_WORKER, [worker.into()]).await
}

/// Deletes up to `limit` jobs, of whatever queue, that finished more than an hour ago; returns how many. Call again
/// while it returns `limit`: small deletes keep SQLite's writer free for webhooks.
///
/// apalis' own clean-up locks the whole SQLite file, and on PostgreSQL it names a table that is not there.
pub async fn purge<C: Connection>(connection: &C, limit: u32) -> Result<u64, StorageError> {
    sql::execute(connection, PURGE_JOBS, [i64::from(limit).into()]).await
}

/// Why PostgreSQL's extension `hstore`, which the job tables need, cannot be had, as a sentence with the way out; `None` when it can,
/// and on SQLite. Creating it needs a privilege that a careful operator may not have given.
pub async fn hstore_problem(database: &Database) -> Result<Option<&'static str>, StorageError> {
    if let JobPool::Sqlite(_) = database.job_pool() {
        return Ok(None);
    }
    let text = "SELECT
        EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'hstore') AS installed,
        EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'hstore') AS available,
        has_database_privilege(current_database(), 'CREATE') AS allowed";
    let found = sql::value::<(bool, bool, bool), _>(database.reader(), text, []).await?;
    Ok(found.and_then(|(installed, available, allowed)| match (installed, available, allowed) {
        (true, _, _) | (_, true, true) => None,
        (_, false, _) => {
            Some("PostgreSQL's extension hstore is not on the database server; install its contrib package")
        }
        (_, _, false) => Some(
            "the extension hstore is missing and this database user may not create it; as a superuser run CREATE EXTENSION hstore",
        ),
    }))
}
