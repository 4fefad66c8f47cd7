//! A panic in a job is a bug of ours: the reply is tried three times, then it fails, its credit comes back, somebody is told.

use domain::ids::ReplyId;
use domain::reasons::Reason;

use super::outcome::WorkError;
use super::sql::REPLY_IN_WORK;
use super::worker::Pipeline;
use crate::replies::{count_panic, open_reply, settle_not_sent};
use crate::storage::{StorageError, Transaction, commit, sql};

const MOST_PANICS: i64 = 3;

impl Pipeline {
    /// Notes that a worker panicked on the conversation of this reply.
    pub async fn panicked(&self, reply: ReplyId) -> Result<(), WorkError> {
        let transaction = self.context.database.begin().await?;
        let now = self.context.clock.now();
        let reply = in_work(&transaction, reply, &self.context.claimant.name).await?;
        let counted = count_panic(&transaction, reply).await?;
        if let Some((MOST_PANICS.., message)) = counted
            && let Some(reply) = open_reply(&transaction, message).await?
        {
            let _changed_meanwhile = settle_not_sent(&transaction, &reply, Reason::InternalError, now).await?;
        }
        commit(transaction).await?;
        self.context.due_at(now);
        Ok(())
    }
}

/// A job stands for its whole conversation: the reply that was in work, and not the job's own, met the fault.
async fn in_work(transaction: &Transaction, job: ReplyId, worker: &str) -> Result<ReplyId, StorageError> {
    let busy = sql::value(transaction, REPLY_IN_WORK, [job.into(), worker.into()]).await?;
    Ok(busy.unwrap_or(job))
}
