//! The statements on apalis' tables that run through the caller's connection, and those that find due replies.

use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::replies::sql::is_not_settled;
use crate::storage::statements;

#[derive(FromQueryResult)]
pub(super) struct DepthRow {
    pub(super) waiting: i64,
    pub(super) oldest: Option<Timestamp>,
}

statements! {
    pub(super) const INSERT_JOBS: &str =
        "INSERT INTO {jobs} (id, job_type, job, max_attempts, idempotency_key)
        VALUES {rows:text text bytea integer text}
        ON CONFLICT (job_type, idempotency_key) DO NOTHING";

    /// Now, how many, the state of replies that nobody has worked on, and since when those are in somebody's hands. The key is the one
    /// of `SendReply`; a job may be taken up for two minutes.
    pub(super) const STRANDED_REPLIES: &str =
        "SELECT r.id, r.job_no FROM replies r
        WHERE r.settled_at IS NULL AND r.not_before <= $1 AND (r.claimed_until IS NULL OR r.claimed_until <= $1)
            AND (r.created_at <= $4 OR r.state <> $3 OR r.wait_reason IS NOT NULL)
            AND NOT EXISTS (
                SELECT 1 FROM {jobs} j
                WHERE j.job_type = 'replies' AND j.idempotency_key = 'reply:' || {hex:r.id} || ':' || r.job_no
                    AND (j.status = 'Pending'
                        OR (j.status IN ('Queued', 'Running') AND j.lock_at > {ago:120}))
            )
        ORDER BY r.not_before LIMIT $2";

    /// Replies with the job numbers that were read. A number that nobody can have counted to begins anew: it must not overflow, which
    /// would stop the sweep for everybody.
    pub(super) const RENUMBER: &str = concat!(
        "WITH v (id, job_no) AS (VALUES {rows:uuid bigint})
        UPDATE replies SET job_no = CASE WHEN replies.job_no BETWEEN 1 AND 1000000000000 THEN replies.job_no + 1 ELSE 2 END
        FROM v WHERE replies.id = v.id AND replies.job_no = v.job_no AND ", is_not_settled!("replies."), "
        RETURNING replies.id, replies.job_no");

    pub(super) const DEPTH: &str =
        "SELECT COUNT(*) AS waiting, MIN(not_before) AS oldest FROM replies
        WHERE settled_at IS NULL AND not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)";

    pub(super) const FREE_ALL_JOBS: &str = "UPDATE {jobs} SET status = 'Pending' WHERE status IN ('Queued', 'Running')";

    pub(super) const FORGET_LOCKS: &str = "UPDATE {jobs} SET lock_by = NULL, lock_at = NULL WHERE lock_by IS NOT NULL";

    pub(super) const FORGET_WORKERS: &str = "DELETE FROM {workers}";

    pub(super) const FREE_JOBS_OF_WORKER: &str =
        "UPDATE {jobs} SET status = 'Pending', lock_by = NULL, lock_at = NULL
        WHERE status IN ('Queued', 'Running') AND lock_by = $1";

    /// Finished an hour ago, whatever the queue: its name would draw SQLite to the index that walks all jobs of the queue.
    pub(super) const PURGE_JOBS: &str =
        "DELETE FROM {jobs} WHERE id IN (
            SELECT id FROM {jobs}
            WHERE status IN ('Done', 'Failed', 'Killed') AND done_at IS NOT NULL AND done_at < {ago:3600}
            LIMIT $1)";
}
