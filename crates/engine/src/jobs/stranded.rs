//! Finds replies that are due but that no job will come for, and gives them one: the net under every lost wake-up.
//!
//! A reply is stranded when it waited for a due time (a waiting reply holds no job), or when the process that recorded it, or its job,
//! was lost. A job that was taken up more than two minutes ago while its reply is unclaimed counts as lost: work on a reply starts
//! with a claim. That is long enough for jobs that a busy worker has fetched but not begun; if it was only slow, both jobs run and
//! the claim lets one of them through.

use domain::ids::ReplyId;
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::job::SendReply;
use super::queue::enqueue;
use super::sql::{RENUMBER, STRANDED_REPLIES};
use crate::storage::{Connection, StorageError, bulk, sql};

/// Up to `limit` replies that are non-final, unclaimed, due at `now` and without a live job under their current key; the
/// longest due first. What was recorded after `handed_over_since` and never worked on is in the hands of the process that recorded it.
pub async fn stranded_replies<C: Connection>(
    connection: &C,
    now: Timestamp,
    handed_over_since: Timestamp,
    limit: u32,
) -> Result<Vec<SendReply>, StorageError> {
    let values = [
        now.into(),
        i64::from(limit).into(),
        ReplyState::Queued.into(),
        handed_over_since.into(),
    ];
    let found = sql::values(connection, STRANDED_REPLIES, values).await?;
    Ok(jobs(found))
}

/// Gives each of `stranded` a new job under the next number, in the caller's transaction; returns the new jobs. A reply that
/// another server's sweeper was faster with is left out.
pub async fn enqueue_stranded<C: Connection>(
    tx: &C,
    stranded: &[SendReply],
    now: Timestamp,
) -> Result<Vec<SendReply>, StorageError> {
    let seen = stranded.iter().map(|job| vec![job.reply.into(), job.job_no.into()]);
    let renumbered = jobs(bulk::returning(tx, RENUMBER, seen.collect()).await?);
    enqueue(tx, &renumbered, now).await?;
    Ok(renumbered)
}

fn jobs(rows: Vec<(ReplyId, i64)>) -> Vec<SendReply> {
    rows.into_iter()
        .map(|(reply, job_no)| SendReply { reply, job_no })
        .collect()
}
