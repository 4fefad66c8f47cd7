//! Jobs that check connections. As with replies, our row is the truth and the job its alarm clock.

use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::queue::{insert_into, queued};
use super::tables::TOKENS;
use crate::storage::StorageError;

/// One check of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCheckJob {
    /// The account.
    pub account: AccountId,
    /// `2026-11-22`.
    pub day: String,
    /// 0: the daily run; by hand it counts up.
    pub run: i64,
    /// 1 for the first try; apalis keeps the keys of finished jobs.
    pub attempt: i64,
}

impl ConnectionCheckJob {
    /// `token:{account}:{day}:{run}`, with the number of a further try behind it.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let account = self.account.as_uuid().simple();
        let key = format!("token:{account}:{}:{}", self.day, self.run);
        if self.attempt <= 1 {
            key
        } else {
            format!("{key}:{}", self.attempt)
        }
    }
}

/// Enqueues `jobs` in the caller's transaction; call [`super::WakeUps::jobs_added`] after the commit.
///
/// # Errors
/// What the database answers.
pub async fn enqueue_tokens<C: ConnectionTrait>(
    tx: &C,
    jobs: &[ConnectionCheckJob],
    now: Timestamp,
) -> Result<(), StorageError> {
    let rows = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| queued(TOKENS, job, job.idempotency_key(), index, now))
        .collect::<Result<_, _>>()?;
    insert_into(tx.get_database_backend()).execute(tx, rows).await
}
