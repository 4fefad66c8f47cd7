//! Puts jobs into apalis' table through the caller's own transaction, so that a row and its job commit together.
//!
//! apalis cannot do it itself: a SeaORM transaction hides its connection, and its PostgreSQL side turns a duplicate key into
//! an error that aborts the transaction. `tests/jobs/enqueueing.rs` fails when an upgrade changes the columns named here.

use domain::time::Timestamp;
use ulid::Ulid;

use super::job::Job;
use super::sql::INSERT_JOBS;
use crate::storage::{Connection, StorageError, Value, bulk};

/// Our rows count attempts and hold due times; apalis must never run a job again by itself.
const MAX_ATTEMPTS: i32 = 1;

/// Enqueues `jobs` in the given order; a job whose key exists is skipped. Workers see them after the commit: call
/// [`super::WakeUps::jobs_added`] then.
pub async fn enqueue<J: Job, C: Connection>(tx: &C, jobs: &[J], now: Timestamp) -> Result<(), StorageError> {
    let rows = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| row(job, index, now))
        .collect::<Result<_, _>>()?;
    bulk::execute(tx, INSERT_JOBS, rows).await
}

fn row<J: Job>(job: &J, index: usize, now: Timestamp) -> Result<Vec<Value>, StorageError> {
    let payload = serde_json::to_vec(job).map_err(|_| StorageError::Corrupt("job"))?;
    Ok(vec![
        job_id(now, index).to_string().into(),
        J::QUEUE.into(),
        payload.into(),
        MAX_ATTEMPTS.into(),
        job.key().into(),
    ])
}

/// The only kind of id that apalis reads. Jobs of one call sort in their order: apalis runs them by id.
fn job_id(now: Timestamp, index: usize) -> Ulid {
    let order = (index as u128).min(u128::from(u16::MAX));
    Ulid::from_parts(
        now.as_millis().unsigned_abs(),
        (order << 64) | u128::from(rand::random::<u64>()),
    )
}
