//! Everything about the tables of apalis that is not a job in work: how many are due, locks of workers that are gone, purging, and
//! what the tables need from PostgreSQL.

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};

use super::tables::render;
use crate::storage::{Database, JobPool, StorageError, sql};

/// How long a finished job is kept, for those who look into a fault.
pub const KEEP_SECONDS: u32 = 3600;

/// The replies that could be worked on at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueDepth {
    /// Due and not in work; what waits for a later moment does not count.
    pub waiting: i64,
    /// Seconds since the longest waiting one fell due.
    pub oldest_seconds: i64,
}

/// How far behind the workers are at `now`, read from our rows: job rows may be missing or double.
pub async fn depth<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<QueueDepth, StorageError> {
    #[derive(FromQueryResult)]
    struct Row {
        waiting: i64,
        oldest: Option<i64>,
    }
    let text = "SELECT COUNT(*) AS waiting, MIN(not_before) AS oldest FROM replies
        WHERE settled_at IS NULL AND not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)";
    let row = sql::optional::<Row, _>(connection, text, [now.as_millis().into()]).await?;
    Ok(row.map_or_else(QueueDepth::default, |row| QueueDepth {
        waiting: row.waiting,
        oldest_seconds: row.oldest.map_or(0, |oldest| (now.as_millis() - oldest) / 1000),
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
    let text = "UPDATE Jobs SET status = 'Pending' WHERE status IN ('Queued', 'Running')";
    let released = sql::execute(&tx, text, []).await?;
    let text = "UPDATE Jobs SET lock_by = NULL, lock_at = NULL WHERE lock_by IS NOT NULL";
    sql::execute(&tx, text, []).await?;
    // apalis keeps every worker there ever was; nothing refers to them now.
    sql::execute(&tx, "DELETE FROM Workers", []).await?;
    tx.commit().await?;
    Ok(released)
}

/// Makes the jobs of one worker of this process, which has just ended, available again.
pub(super) async fn release_jobs_of(database: &Database, worker: &str) -> Result<u64, StorageError> {
    let text = "UPDATE {jobs} SET status = 'Pending', lock_by = NULL, lock_at = NULL
        WHERE status IN ('Queued', 'Running') AND lock_by = $1";
    let text = render(database.backend(), text);
    sql::execute(database.writer(), text, [worker.into()]).await
}

/// Deletes up to `limit` jobs, of whatever queue, that finished more than [`KEEP_SECONDS`] ago; returns how many. Call again
/// while it returns `limit`: small deletes keep SQLite's writer free for webhooks.
///
/// apalis' own clean-up locks the whole SQLite file, and on PostgreSQL it names a table that is not there.
pub async fn purge<C: ConnectionTrait>(connection: &C, limit: u32) -> Result<u64, StorageError> {
    // Without the queue's name: it would draw SQLite to the index that walks all jobs of the queue.
    let text = format!(
        "DELETE FROM {{jobs}} WHERE id IN (
            SELECT id FROM {{jobs}}
            WHERE status IN ('Done', 'Failed', 'Killed') AND done_at IS NOT NULL AND done_at < {{ago:{KEEP_SECONDS}}}
            LIMIT $1)"
    );
    let text = render(connection.get_database_backend(), &text);
    sql::execute(connection, text, [i64::from(limit).into()]).await
}

/// Why PostgreSQL's extension `hstore`, which the job tables need, cannot be had, as a sentence with the way out; `None` when it can,
/// and on SQLite. Creating it needs a privilege that a careful operator may not have given.
pub async fn hstore_problem(database: &Database) -> Result<Option<&'static str>, StorageError> {
    #[derive(FromQueryResult)]
    struct Row {
        installed: bool,
        available: bool,
        allowed: bool,
    }
    if let JobPool::Sqlite(_) = database.job_pool() {
        return Ok(None);
    }
    let text = "SELECT
        EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'hstore') AS installed,
        EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'hstore') AS available,
        has_database_privilege(current_database(), 'CREATE') AS allowed";
    let row = sql::optional::<Row, _>(database.reader(), text, []).await?;
    Ok(row.and_then(|row| match row {
        Row { installed: true, .. } | Row { available: true, allowed: true, .. } => None,
        Row { available: false, .. } => {
            Some("PostgreSQL's extension hstore is not on the database server; install its contrib package")
        }
        Row { allowed: false, .. } => Some(
            "the extension hstore is missing and this database user may not create it; as a superuser run CREATE EXTENSION hstore",
        ),
    }))
}
