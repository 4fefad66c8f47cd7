//! A panic in a job is a bug of ours: the reply is tried three times, then it fails, its credit comes back, somebody is told.

use domain::ids::{MessageId, ReplyId};
use domain::reasons::Reason;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::error::WorkError;
use super::worker::Pipeline;
use crate::replies::{ReplyOutcome, count_panic, open_reply, settle};
use crate::storage::{StorageError, Transaction, sql};

const MOST_PANICS: u32 = 3;

#[derive(FromQueryResult)]
struct MessageRow {
    message_id: Uuid,
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

impl Pipeline {
    /// Notes that a worker panicked on the conversation of this reply.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn panicked(&self, reply: ReplyId) -> Result<(), WorkError> {
        let transaction = self.context.database.begin().await?;
        let now = self.context.clock.now();
        let reply = in_work(&transaction, reply, &self.context.claimant.name).await?;
        if count_panic(&transaction, reply)
            .await?
            .is_some_and(|panics| panics >= MOST_PANICS)
        {
            let text = "SELECT message_id FROM replies WHERE id = $1";
            let row = sql::optional::<MessageRow, _>(&transaction, text, [reply.as_uuid().into()]).await?;
            let row = row.ok_or(StorageError::Corrupt("reply"))?;
            let message = MessageId::from_uuid(row.message_id);
            if let Some(reply) = open_reply(&transaction, message).await? {
                let failed = ReplyOutcome::NotSent(Reason::InternalError);
                let _changed_meanwhile = settle(&transaction, &reply, &failed, now).await?;
            }
        }
        transaction.commit().await.map_err(StorageError::from)?;
        self.context.due_at(now);
        Ok(())
    }
}

/// A job stands for its whole conversation: the reply that was in work, and not the job's own, met the fault.
async fn in_work(transaction: &Transaction, job: ReplyId, worker: &str) -> Result<ReplyId, StorageError> {
    let text = "SELECT busy.id FROM replies job JOIN replies busy ON busy.conversation_id = job.conversation_id
        WHERE job.id = $1 AND busy.settled_at IS NULL AND busy.claimed_by = $2";
    let row = sql::optional::<IdRow, _>(transaction, text, [job.as_uuid().into(), worker.into()]).await?;
    Ok(row.map_or(job, |row| ReplyId::from_uuid(row.id)))
}
