//! One conversation at a time: take the oldest due reply, bring it as far as it goes, take the next.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use domain::ids::{ConversationId, ReplyId};
use domain::reasons::WaitReason;
use futures::FutureExt;
use futures::future::join_all;

use super::breaker::DeploymentBreaker;
use super::composing::ask;
use super::confirm::{confirm, unknown_outcome};
use super::context::PipelineContext;
use super::dispatcher::Dispatcher;
use super::faults::InHand;
use super::outcome::{WorkError, applied, back_to_composed, try_again};
use super::prepare::{Prepared, Work};
use super::preparer::Preparer;
use super::refused::{account_answered, deployment_accepted, refused, token_unreadable};
use super::scoring::score;
use super::sql::{DUE_AMONG, DUE_CONVERSATIONS, PLACE_OF_REPLY};
use super::starting::Outgoing;
use crate::channels::Channel;
use crate::channels::refusal::SendError;
use crate::jobs::{Job, SendReply};
use crate::replies::DueReply;
use crate::storage::{StorageError, sql};

/// The reply pipeline of a process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pipeline {
    pub(super) context: PipelineContext,
    preparer: Preparer,
}

/// What is left in a conversation after work on its oldest due reply.
enum Left {
    /// Nothing, or somebody else works on it.
    Nothing,
    /// More is due.
    More,
    /// It has to be looked up.
    Unknown,
}

impl Pipeline {
    /// A pipeline on this context.
    #[must_use]
    pub fn new(context: PipelineContext) -> Self {
        let preparer = Preparer::start(&context);
        Self { context, preparer }
    }

    /// Where replies are sent.
    pub(crate) fn channel(&self) -> &dyn Channel {
        self.context.channel.as_ref()
    }

    /// Holds all replies while Meta refuses this deployment.
    #[must_use]
    pub fn breaker(&self) -> &DeploymentBreaker {
        &self.context.breaker
    }

    /// Brings due replies to work.
    #[must_use]
    pub fn dispatcher(&self) -> &Dispatcher {
        &self.context.dispatcher
    }

    /// Works on the conversation of a reply until nothing in it is due. When it fails the reply stays as its row says.
    pub async fn work(&self, reply: ReplyId) -> Result<(), WorkError> {
        match self.place_of(reply).await? {
            Some(due) => self.work_on(due.conversation).await,
            None => Ok(()),
        }
    }

    /// To its turn among the others, where replies are dispatched; at once otherwise.
    async fn take_up(&self, reply: ReplyId) -> Result<(), WorkError> {
        if !self.dispatcher().is_running() {
            return self.work(reply).await;
        }
        self.dispatcher().hand_over(self.place_of(reply).await?);
        Ok(())
    }

    async fn place_of(&self, reply: ReplyId) -> Result<Option<DueReply>, StorageError> {
        let place = sql::value(self.context.database.pipeline_reader(), PLACE_OF_REPLY, [reply.into()]).await?;
        Ok(place.map(|(conversation, account, tenant)| DueReply {
            reply,
            conversation,
            account,
            tenant,
        }))
    }

    pub(super) async fn work_on(&self, conversation: ConversationId) -> Result<(), WorkError> {
        loop {
            let in_hand = Arc::new(InHand::default());
            let work = AssertUnwindSafe(self.work_on_oldest(conversation, &in_hand)).catch_unwind();
            let more_is_due = match work.await.unwrap_or(Err(WorkError::Panicked)) {
                Ok(Left::Nothing) => false,
                Ok(Left::More) => true,
                Ok(Left::Unknown) | Err(WorkError::Conflict) => self.has_due(conversation).await?,
                Err(error) if error.is_fault() => {
                    self.stopped(conversation, &in_hand, error).await?;
                    self.has_due(conversation).await?
                }
                Err(error) => return Err(error),
            };
            if !more_is_due {
                return Ok(());
            }
        }
    }

    /// Brings the oldest due reply as far as it goes. The span learns its name when it is found.
    #[tracing::instrument(name = "pipeline.reply", skip_all,
        fields(reply.id, message.id, account.id, conversation.id = %conversation))]
    async fn work_on_oldest(&self, conversation: ConversationId, in_hand: &Arc<InHand>) -> Result<Left, WorkError> {
        let context = &self.context;
        let mut prepared = self.preparer.prepare(Work::Next(conversation), in_hand).await?;
        loop {
            in_hand.committed(prepared.reply());
            prepared = match prepared {
                Prepared::Idle => return Ok(Left::Nothing),
                Prepared::Done => return Ok(Left::Unknown),
                Prepared::Score(scoring) => {
                    let scored = Work::GoOn(Box::new(score(context, scoring).await?));
                    self.preparer.prepare(scored, in_hand).await?
                }
                Prepared::Compose(composing) => ask(context, *composing).await?,
                Prepared::Send(outgoing) => return send_reply(context, outgoing).await,
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
        let (reader, now) = (self.context.database.pipeline_reader(), self.context.clock.now());
        let (text, values) = sql::with_list(DUE_AMONG, [now.into()], [conversation]);
        let due = sql::value::<ConversationId, _>(reader, text, values);
        Ok(due.await?.is_some())
    }

    /// Works on everything that is due by the clock, without jobs and all at the same time; for tests that move the clock. Returns how
    /// many conversations had work.
    pub async fn run_due(&self) -> Result<usize, WorkError> {
        let mut worked = 0;
        loop {
            let due = self.due_conversations().await?;
            if due.is_empty() {
                return Ok(worked);
            }
            worked += due.len();
            let work = due.into_iter().map(|conversation| self.work_on(conversation));
            join_all(work).await.into_iter().collect::<Result<(), _>>()?;
        }
    }

    async fn due_conversations(&self) -> Result<Vec<ConversationId>, StorageError> {
        let (reader, now) = (self.context.database.reader(), self.context.clock.now());
        sql::values(reader, DUE_CONVERSATIONS, [now.into()]).await
    }
}

/// The call to the platform and the second commit: what came of it.
async fn send_reply(context: &PipelineContext, outgoing: Outgoing) -> Result<Left, WorkError> {
    if outgoing.claimed_at.elapsed() > context.timings.longest_preparation() {
        // Too late to call safely: another worker could take over while the call is on its way.
        back_to_composed(context, outgoing.reply, WaitReason::Retrying, context.clock.now()).await?;
        return Ok(Left::Unknown);
    }
    let sent = context
        .channel
        .send(&outgoing.sender, &outgoing.customer, &outgoing.text)
        .await;
    match sent {
        Ok(mid) => {
            tracing::debug!(platform.message_id = mid, "the reply is sent");
            let account = outgoing.reply.account;
            let settled = context.settler.sent(outgoing.reply, mid).await?;
            applied(settled.transition)?;
            deployment_accepted(context).await;
            account_answered(context, account, None).await;
            return Ok(match settled.more_is_due {
                Some(true) => Left::More,
                Some(false) => Left::Nothing,
                None => Left::Unknown,
            });
        }
        Err(SendError::NotSent) => try_again(context, outgoing.reply).await?,
        Err(SendError::Unknown) => unknown_outcome(context, outgoing.reply, false).await?,
        Err(SendError::Refused(refusal)) => refused(context, outgoing, refusal).await?,
    }
    Ok(Left::Unknown)
}

impl Job for SendReply {
    const QUEUE: &'static str = "replies";
    type Context = Pipeline;

    /// `reply:{32 hex digits}:{job_no}`; the query for stranded replies writes it too.
    fn key(&self) -> String {
        format!("reply:{}:{}", self.reply.as_uuid().simple(), self.job_no)
    }

    async fn run(&self, pipeline: &Pipeline) {
        if let Err(error) = pipeline.take_up(self.reply).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(reply.id = %self.reply, error, "work on a reply stopped; the sweeper comes back to it");
        }
    }
}
