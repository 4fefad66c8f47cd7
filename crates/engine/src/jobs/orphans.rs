//! Frees the jobs of workers that are gone.
//!
//! On SQLite one process works at a time (a lock file sees to that), so at its start every lock is void. On PostgreSQL other
//! processes may be at work: apalis there frees the jobs of a worker whose heartbeat has stopped, and [`super::stranded`]
//! gives a reply a new job when its old one was taken up and nothing came of it.

use sea_orm::DatabaseBackend;

use crate::storage::{Database, StorageError, sql};

/// Makes every job that a former process had taken up available again; returns how many. Does nothing on PostgreSQL.
///
/// # Errors
/// What the database answers.
pub async fn release_orphans_at_start(database: &Database) -> Result<u64, StorageError> {
    if database.backend() != DatabaseBackend::Sqlite {
        return Ok(0);
    }
    let tx = database.begin().await?;
    let text = "UPDATE Jobs SET status = 'Pending' WHERE status IN ('Queued', 'Running')";
    let released = sql::execute(&tx, text, []).await?;
    // apalis keeps every worker there ever was; nothing refers to them now.
    sql::execute(
        &tx,
        "UPDATE Jobs SET lock_by = NULL, lock_at = NULL WHERE lock_by IS NOT NULL",
        [],
    )
    .await?;
    sql::execute(&tx, "DELETE FROM Workers", []).await?;
    tx.commit().await?;
    Ok(released)
}

/// Makes the jobs of one worker of this process, which has just ended, available again.
///
/// # Errors
/// What the database answers.
pub(super) async fn release_jobs_of(database: &Database, worker: &str) -> Result<u64, StorageError> {
    let text = "UPDATE {jobs} SET status = 'Pending', lock_by = NULL, lock_at = NULL
        WHERE status IN ('Queued', 'Running') AND lock_by = $1";
    let text = super::tables::render(database.backend(), text);
    sql::execute(database.writer(), text, [worker.into()]).await
}
