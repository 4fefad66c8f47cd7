//! Finds replies that are due but that no job will come for, and gives them one: the net under every lost wake-up.
//!
//! A reply is stranded when it waited for a due time (a waiting reply holds no job), or when its job was lost with a killed
//! process. A job that was taken up more than [`GRACE_SECONDS`] ago while its reply is unclaimed counts as lost: work on a
//! reply starts with a claim. If it was only slow, both jobs run and the claim lets one of them through.

use domain::ids::ReplyId;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::queue::enqueue;
use super::send_reply::SendReply;
use super::tables::render;
use crate::storage::{StorageError, sql};

/// How long a taken-up job may hold back a new one while nobody has claimed its reply. Long enough for jobs that a busy
/// worker has fetched but not begun.
pub const GRACE_SECONDS: u32 = 120;

/// Replies per UPDATE; powers of two only, so that prepared statements are reused.
const LARGEST_CHUNK: usize = 64;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    job_no: i64,
}

impl From<Row> for SendReply {
    fn from(row: Row) -> Self {
        Self {
            reply: ReplyId::from_uuid(row.id),
            job_no: row.job_no,
        }
    }
}

/// Up to `limit` replies that are non-final, unclaimed, due at `now` and without a live job under their current key; the
/// longest due first.
///
/// # Errors
/// What the database answers.
pub async fn stranded_replies<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<SendReply>, StorageError> {
    let text = format!(
        "SELECT r.id, r.job_no FROM replies r
        WHERE r.settled_at IS NULL AND r.not_before <= $1 AND (r.claimed_until IS NULL OR r.claimed_until <= $1)
            AND NOT EXISTS (
                SELECT 1 FROM {{jobs}} j
                WHERE j.job_type = 'replies' AND j.idempotency_key = 'reply:' || {{hex:r.id}} || ':' || r.job_no
                    AND (j.status = 'Pending'
                        OR (j.status IN ('Queued', 'Running') AND j.lock_at > {{ago:{GRACE_SECONDS}}}))
            )
        ORDER BY r.not_before LIMIT $2"
    );
    let text = render(connection.get_database_backend(), &text);
    let rows: Vec<Row> = sql::all(connection, text, [now.as_millis().into(), i64::from(limit).into()]).await?;
    Ok(rows.into_iter().map(SendReply::from).collect())
}

/// Gives each of `stranded` a new job under the next number, in the caller's transaction; returns the new jobs. A reply that
/// another server's sweeper was faster with is left out.
///
/// # Errors
/// What the database answers.
pub async fn enqueue_stranded<C: ConnectionTrait>(
    tx: &C,
    stranded: &[SendReply],
    now: Timestamp,
) -> Result<Vec<SendReply>, StorageError> {
    let mut renumbered = Vec::with_capacity(stranded.len());
    let mut rest = stranded;
    while !rest.is_empty() {
        let (chunk, later) = rest.split_at((1 << rest.len().ilog2()).min(LARGEST_CHUNK));
        renumbered.extend(renumber(tx, chunk).await?);
        rest = later;
    }
    enqueue(tx, &renumbered, now).await?;
    Ok(renumbered)
}

async fn renumber<C: ConnectionTrait>(tx: &C, chunk: &[SendReply]) -> Result<Vec<SendReply>, StorageError> {
    let seen: Vec<String> = (0..chunk.len())
        .map(|row| format!("(id = ${} AND job_no = ${})", 2 * row + 1, 2 * row + 2))
        .collect();
    let text = format!(
        "UPDATE replies SET job_no = job_no + 1 WHERE settled_at IS NULL AND ({}) RETURNING id, job_no",
        seen.join(" OR ")
    );
    let values: Vec<Value> = chunk
        .iter()
        .flat_map(|job| [job.reply.as_uuid().into(), job.job_no.into()])
        .collect();
    let rows: Vec<Row> = sql::all(tx, text, values).await?;
    Ok(rows.into_iter().map(SendReply::from).collect())
}
