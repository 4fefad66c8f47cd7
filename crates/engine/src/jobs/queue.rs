//! Puts jobs into apalis' table through the caller's own transaction, so that a reply and its job commit together.
//!
//! apalis cannot do it itself: a SeaORM transaction hides its connection, and its PostgreSQL side turns a duplicate key into
//! an error that aborts the transaction. `tests/jobs/schema.rs` fails when an upgrade changes the columns named here.

use domain::ids::ReplyId;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseBackend, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tables::REPLIES;
use crate::storage::StorageError;
use crate::storage::bulk::BulkInsert;

/// Our rows count attempts and hold due times; apalis must never run a job again by itself.
const MAX_ATTEMPTS: i32 = 1;

/// A job to enqueue: the `job_no` must have grown in the same transaction, because apalis keeps the keys of finished jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyJob {
    /// The reply to work on.
    pub reply: ReplyId,
    /// `replies.job_no`.
    pub job_no: i64,
}

impl ReplyJob {
    /// `reply:{32 hex digits}:{job_no}`, unique in the queue.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        format!("reply:{}:{}", self.reply.as_uuid().simple(), self.job_no)
    }
}

/// What a job carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkOnReply {
    /// The reply to work on.
    pub reply_id: ReplyId,
}

/// Enqueues `due` in the given order; a job whose key exists is skipped. Workers see it after the commit: call
/// [`super::WakeUps::jobs_added`] then.
///
/// # Errors
/// What the database answers.
pub async fn enqueue_replies<C: ConnectionTrait>(tx: &C, due: &[ReplyJob], now: Timestamp) -> Result<(), StorageError> {
    let rows = due
        .iter()
        .enumerate()
        .map(|(index, job)| row(*job, index, now))
        .collect::<Result<_, _>>()?;
    insert_into(tx.get_database_backend()).execute(tx, rows).await
}

pub(super) fn insert_into(backend: DatabaseBackend) -> BulkInsert {
    BulkInsert {
        into: match backend {
            DatabaseBackend::Postgres => "apalis.jobs (id, job_type, job, max_attempts, idempotency_key)",
            _ => "Jobs (id, job_type, job, max_attempts, idempotency_key)",
        },
        columns: 5,
        suffix: "ON CONFLICT (job_type, idempotency_key) DO NOTHING",
    }
}

fn row(job: ReplyJob, index: usize, now: Timestamp) -> Result<Vec<Value>, StorageError> {
    let payload = WorkOnReply { reply_id: job.reply };
    queued(REPLIES, &payload, job.idempotency_key(), index, now)
}

/// A row for [`insert_into`].
pub(super) fn queued(
    queue: &'static str,
    payload: &impl Serialize,
    key: String,
    index: usize,
    now: Timestamp,
) -> Result<Vec<Value>, StorageError> {
    let payload = serde_json::to_vec(payload).map_err(|_| StorageError::Corrupt("job"))?;
    Ok(vec![
        job_id(now, index).into(),
        queue.into(),
        payload.into(),
        MAX_ATTEMPTS.into(),
        key.into(),
    ])
}

/// A ULID, the only kind of id that apalis reads. Jobs of one call sort in their order: apalis runs them by id.
fn job_id(now: Timestamp, index: usize) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let millis = u128::from(now.as_millis().unsigned_abs()) & ((1 << 48) - 1);
    let order = (index as u128).min(u128::from(u16::MAX));
    let random = Uuid::new_v4().as_u128() & u128::from(u64::MAX);
    let bits = (millis << 80) | (order << 64) | random;
    (0..26)
        .rev()
        .map(|digit| char::from(DIGITS[(bits >> (5 * digit)) as usize & 31]))
        .collect()
}
