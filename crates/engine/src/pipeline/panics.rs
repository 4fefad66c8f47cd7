//! A panic in a job is a bug of ours: the reply is tried three times, then it fails, its credit comes back, somebody is told.

use domain::ids::{MessageId, ReplyId};
use domain::reasons::Reason;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::work::{Pipeline, WorkError};
use crate::replies::{Final, count_panic, open_reply, settle};
use crate::storage::{StorageError, sql};

const MOST_PANICS: u32 = 3;

#[derive(FromQueryResult)]
struct MessageRow {
    message_id: Uuid,
}

impl Pipeline {
    /// Notes that a worker panicked on the conversation of this reply.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn panicked(&self, reply: ReplyId) -> Result<(), WorkError> {
        tracing::error!(reply.id = %reply, "a worker panicked");
        let transaction = self.context.database.begin().await?;
        let now = self.context.clock.now();
        if count_panic(&transaction, reply)
            .await?
            .is_some_and(|panics| panics >= MOST_PANICS)
        {
            let text = "SELECT message_id FROM replies WHERE id = $1";
            let row = sql::optional::<MessageRow, _>(&transaction, text, [reply.as_uuid().into()]).await?;
            let row = row.ok_or(StorageError::Corrupt("reply"))?;
            let message = MessageId::from_uuid(row.message_id);
            if let Some(reply) = open_reply(&transaction, message).await? {
                let failed = Final::NotSent(Reason::InternalError);
                let _changed_meanwhile = settle(&transaction, &reply, &failed, now).await?;
            }
        }
        transaction.commit().await.map_err(StorageError::from)?;
        self.context.due_at(now);
        Ok(())
    }
}
