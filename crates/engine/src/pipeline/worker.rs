//! One conversation at a time: take the oldest due reply, bring it as far as it goes, take the next.

use domain::ids::{ConversationId, ReplyId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::confirm::confirm;
use super::context::PipelineContext;
use super::error::WorkError;
use super::prepare::{Prepared, prepare};
use super::refused::token_unreadable;
use super::send::send_reply;
use crate::storage::{StorageError, sql};

/// The reply pipeline of a process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pipeline {
    pub(super) context: PipelineContext,
}

#[derive(FromQueryResult)]
struct ConversationRow {
    conversation_id: Uuid,
}

impl Pipeline {
    /// A pipeline on this context.
    #[must_use]
    pub fn new(context: PipelineContext) -> Self {
        Self { context }
    }

    /// Works on the conversation of a reply until nothing in it is due.
    ///
    /// # Errors
    /// What the database answers; the reply stays as its row says.
    pub async fn work(&self, reply: ReplyId) -> Result<(), WorkError> {
        let text = "SELECT conversation_id FROM replies WHERE id = $1 AND settled_at IS NULL";
        let reader = self.context.database.reader();
        match sql::optional::<ConversationRow, _>(reader, text, [reply.as_uuid().into()]).await? {
            Some(row) => self.work_on(ConversationId::from_uuid(row.conversation_id)).await,
            None => Ok(()),
        }
    }

    async fn work_on(&self, conversation: ConversationId) -> Result<(), WorkError> {
        loop {
            match self.work_on_oldest(conversation).await {
                Ok(true) | Err(WorkError::Conflict) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err(error),
            }
            // Usually nothing is left, which a read tells without a turn at the writer; what is recorded later has its own job.
            if !self.has_due(conversation).await? {
                return Ok(());
            }
        }
    }

    /// Brings the oldest due reply as far as it goes; `false` when none is due, or another worker has the conversation. `prepare`
    /// names the reply to the span.
    #[tracing::instrument(name = "pipeline.reply", skip_all,
        fields(reply.id, message.id, account.id, conversation.id = %conversation))]
    async fn work_on_oldest(&self, conversation: ConversationId) -> Result<bool, WorkError> {
        let context = &self.context;
        match prepare(context, conversation).await? {
            Prepared::Idle => return Ok(false),
            Prepared::Done => {}
            Prepared::Send(outgoing) => send_reply(context, outgoing).await?,
            Prepared::Unsendable(unsendable) => token_unreadable(context, unsendable).await?,
            Prepared::Confirm(reply) => confirm(context, reply).await?,
        }
        Ok(true)
    }

    async fn has_due(&self, conversation: ConversationId) -> Result<bool, StorageError> {
        let text = "SELECT conversation_id FROM replies
            WHERE conversation_id = $1 AND settled_at IS NULL AND not_before <= $2 LIMIT 1";
        let values = [
            conversation.as_uuid().into(),
            self.context.clock.now().as_millis().into(),
        ];
        Ok(
            sql::optional::<ConversationRow, _>(self.context.database.reader(), text, values)
                .await?
                .is_some(),
        )
    }

    /// Works on everything that is due by the clock, without jobs; for tests that move the clock. Returns how many
    /// conversations had work.
    ///
    /// # Errors
    /// The first failure.
    pub async fn run_due(&self) -> Result<usize, WorkError> {
        let mut worked = 0;
        loop {
            let due = self.due_conversations().await?;
            if due.is_empty() {
                return Ok(worked);
            }
            for conversation in due {
                self.work_on(conversation).await?;
                worked += 1;
            }
        }
    }

    async fn due_conversations(&self) -> Result<Vec<ConversationId>, StorageError> {
        let now = self.context.clock.now().as_millis();
        let text = "SELECT DISTINCT conversation_id FROM replies r
            WHERE settled_at IS NULL AND not_before <= $1 AND NOT EXISTS (
                SELECT 1 FROM replies busy WHERE busy.conversation_id = r.conversation_id
                    AND busy.settled_at IS NULL AND busy.claimed_until > $1)";
        let rows = sql::all::<ConversationRow, _>(self.context.database.reader(), text, [now.into()]).await?;
        Ok(rows
            .into_iter()
            .map(|row| ConversationId::from_uuid(row.conversation_id))
            .collect())
    }
}
