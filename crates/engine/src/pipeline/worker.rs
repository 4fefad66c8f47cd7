//! One conversation at a time: take the oldest due reply, bring it as far as it goes, take the next.

use std::panic::AssertUnwindSafe;

use domain::ids::{ConversationId, ReplyId};
use domain::reasons::WaitReason;
use futures::FutureExt;

use super::breaker::DeploymentBreaker;
use super::composing::ask;
use super::confirm::{confirm, unknown_outcome};
use super::context::PipelineContext;
use super::faults::InHand;
use super::outcome::{WorkError, applied, back_to_composed, try_again};
use super::prepare::{Prepared, prepare};
use super::refused::{deployment_accepted, refused, token_unreadable};
use super::scoring::score;
use super::sql::{CONVERSATION_OF_OPEN_REPLY, DUE_CONVERSATIONS, DUE_IN_CONVERSATION};
use super::starting::Outgoing;
use crate::channels::refusal::SendError;
use crate::jobs::{Job, SendReply};
use crate::storage::{StorageError, sql};

/// The reply pipeline of a process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pipeline {
    pub(super) context: PipelineContext,
}

impl Pipeline {
    /// A pipeline on this context.
    #[must_use]
    pub fn new(context: PipelineContext) -> Self {
        Self { context }
    }

    /// Holds all replies while Meta refuses this deployment.
    #[must_use]
    pub fn breaker(&self) -> &DeploymentBreaker {
        &self.context.breaker
    }

    /// Works on the conversation of a reply until nothing in it is due. When it fails the reply stays as its row says.
    pub async fn work(&self, reply: ReplyId) -> Result<(), WorkError> {
        let reader = self.context.database.reader();
        match sql::value(reader, CONVERSATION_OF_OPEN_REPLY, [reply.into()]).await? {
            Some(conversation) => self.work_on(conversation).await,
            None => Ok(()),
        }
    }

    async fn work_on(&self, conversation: ConversationId) -> Result<(), WorkError> {
        loop {
            let in_hand = InHand::default();
            let work = AssertUnwindSafe(self.work_on_oldest(conversation, &in_hand)).catch_unwind();
            match work.await.unwrap_or(Err(WorkError::Panicked)) {
                Ok(true) | Err(WorkError::Conflict) => {}
                Ok(false) => return Ok(()),
                Err(error) if error.is_fault() => self.stopped(conversation, &in_hand, error).await?,
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
    async fn work_on_oldest(&self, conversation: ConversationId, in_hand: &InHand) -> Result<bool, WorkError> {
        let context = &self.context;
        let mut prepared = prepare(context, conversation, in_hand).await?;
        loop {
            in_hand.committed(prepared.reply());
            prepared = match prepared {
                Prepared::Idle => return Ok(false),
                Prepared::Done => return Ok(true),
                Prepared::Score(scoring) => score(context, scoring).await?,
                Prepared::Compose(composing) => ask(context, *composing).await?,
                Prepared::Send(outgoing) => {
                    send_reply(context, outgoing).await?;
                    Prepared::Done
                }
                Prepared::Unsendable(unsendable) => {
                    token_unreadable(context, unsendable).await?;
                    Prepared::Done
                }
                Prepared::Confirm(reply) => {
                    confirm(context, reply).await?;
                    Prepared::Done
                }
            };
        }
    }

    async fn has_due(&self, conversation: ConversationId) -> Result<bool, StorageError> {
        let (reader, now) = (self.context.database.reader(), self.context.clock.now());
        let due = sql::value::<ConversationId, _>(reader, DUE_IN_CONVERSATION, [conversation.into(), now.into()]);
        Ok(due.await?.is_some())
    }

    /// Works on everything that is due by the clock, without jobs; for tests that move the clock. Returns how many
    /// conversations had work.
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
        let (reader, now) = (self.context.database.reader(), self.context.clock.now());
        sql::values(reader, DUE_CONVERSATIONS, [now.into()]).await
    }
}

/// The call to the platform and the second commit: what came of it.
async fn send_reply(context: &PipelineContext, outgoing: Outgoing) -> Result<(), WorkError> {
    if outgoing.claimed_at.elapsed() > context.timings.longest_preparation() {
        // Too late to call safely: another worker could take over while the call is on its way.
        return back_to_composed(context, outgoing.reply, WaitReason::Retrying, context.clock.now()).await;
    }
    let sent = context
        .channel
        .send(&outgoing.sender, &outgoing.customer, &outgoing.text)
        .await;
    match sent {
        Ok(mid) => {
            tracing::debug!(platform.message_id = mid, "the reply is sent");
            applied(context.settler.sent(outgoing.reply, mid).await?)?;
            deployment_accepted(context).await;
            Ok(())
        }
        Err(SendError::NotSent) => try_again(context, outgoing.reply).await,
        Err(SendError::Unknown) => unknown_outcome(context, outgoing.reply, false).await,
        Err(SendError::Refused(refusal)) => refused(context, outgoing, refusal).await,
    }
}

impl Job for SendReply {
    const QUEUE: &'static str = "replies";
    type Context = Pipeline;

    /// `reply:{32 hex digits}:{job_no}`; the query for stranded replies writes it too.
    fn key(&self) -> String {
        format!("reply:{}:{}", self.reply.as_uuid().simple(), self.job_no)
    }

    async fn run(&self, pipeline: &Pipeline) {
        if let Err(error) = pipeline.work(self.reply).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(reply.id = %self.reply, error, "work on a reply stopped; the sweeper comes back to it");
        }
    }
}
