//! Work on a reply that stops by a fault of ours, an error or a panic: the reply is tried three times, each time later, then it fails,
//! its credit comes back, somebody is told. A database that is away or busy is no fault: it costs no try.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::ids::{ConversationId, MessageId, ReplyId};
use domain::reasons::Reason;
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::outcome::WorkError;
use super::worker::Pipeline;
use crate::replies::{OpenReply, ReplyVersion, count_fault, make_readable, next_to_claim, open_reply, settle_not_sent};
use crate::storage::{StorageError, commit};

const MOST_FAULTS: i64 = 3;
/// Until the second and the third try after an error.
const DELAYS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];
/// Until a reply that could not even be ended is tried again.
const UNTIL_ENDED: Duration = Duration::from_secs(60 * 60);

/// The reply that a try works on, as its row stands: kept outside of the work, which may stop anywhere.
#[derive(Debug, Default)]
pub(super) struct InHand(Mutex<Option<ReplyVersion>>);

impl InHand {
    /// Found, and nothing committed yet: when the work stops now, the row is what it was before.
    pub(super) fn found(&self, reply: &OpenReply) {
        self.committed(Some(reply));
    }

    /// What a step of the work left behind. A step commits one change of the reply, and that last.
    pub(super) fn committed(&self, reply: Option<&OpenReply>) {
        let held = reply.map(|reply| ReplyVersion {
            id: reply.id,
            version: reply.version,
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = held;
    }

    fn reply(&self) -> Option<ReplyVersion> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fault that is counted.
struct Counted {
    reply: ReplyId,
    message: MessageId,
    faults: i64,
}

impl Pipeline {
    /// Notes that work on a conversation stopped with `error`, on the reply in hand, or else on the one whose claim must have failed;
    /// gives the error back when there is no such reply any more.
    pub(super) async fn stopped(
        &self,
        conversation: ConversationId,
        in_hand: &InHand,
        error: WorkError,
    ) -> Result<(), WorkError> {
        let now = self.context.clock.now();
        let (kind, delays) = match error {
            WorkError::Panicked => ("panic", [Duration::ZERO; 2]),
            _ => ("error", DELAYS),
        };
        let next = delays.map(|delay| now + delay);
        let due = [next[0], next[1], now + UNTIL_ENDED];
        let Some(counted) = self.count(conversation, in_hand.reply(), due).await? else {
            return Err(error);
        };
        let reply = counted.reply;
        {
            let cause = &error as &dyn std::error::Error;
            tracing::error!(reply.id = %reply, error = cause, "work on a reply stopped; it is tried three times");
        }
        metrics::counter!("concierge_reply_faults_total", "kind" => kind).increment(1);
        if counted.faults >= MOST_FAULTS {
            return self.end_or_postpone(reply, counted.message).await;
        }
        for at in next {
            self.context.due_at(at);
        }
        Ok(())
    }

    /// Counted with a commit of its own: what makes the end fail must not make the count fail. Only as the row was when the work
    /// stopped: what changed since then is somebody else's, whose call to the platform may be on its way.
    async fn count(
        &self,
        conversation: ConversationId,
        in_hand: Option<ReplyVersion>,
        due: [Timestamp; 3],
    ) -> Result<Option<Counted>, StorageError> {
        let context = &self.context;
        let transaction = context.database.begin().await?;
        let faulty = match in_hand {
            None => next_to_claim(&transaction, conversation, context.clock.as_ref()).await?,
            reply => reply,
        };
        let Some(reply) = faulty else {
            return Ok(None);
        };
        let counted = count_fault(&transaction, reply, due).await?;
        commit(transaction).await?;
        Ok(counted.map(|(faults, message)| Counted {
            reply: reply.id,
            message,
            faults,
        }))
    }

    /// The count has put off a reply that cannot be ended.
    async fn end_or_postpone(&self, reply: ReplyId, message: MessageId) -> Result<(), WorkError> {
        match self.end(reply, message).await {
            Err(error) if error.is_fault() => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(reply.id = %reply, error, "a reply could not even be ended; it is tried again in an hour");
                metrics::counter!("concierge_reply_faults_total", "kind" => "end").increment(1);
                Ok(())
            }
            ended => ended,
        }
    }

    async fn end(&self, reply: ReplyId, message: MessageId) -> Result<(), WorkError> {
        let transaction = self.context.database.begin().await?;
        let now = self.context.clock.now();
        make_readable(&transaction, reply).await?;
        if let Some(open) = open_reply(&transaction, message).await? {
            let _changed_meanwhile = settle_not_sent(&transaction, &open, reason(open.state), now).await?;
        }
        commit(transaction).await?;
        tracing::error!(reply.id = %reply, "a reply failed by a fault of Concierge; its credit is back");
        Ok(())
    }
}

/// Whether the platform got a reply that is in its call cannot be told any more.
const fn reason(state: ReplyState) -> Reason {
    match state {
        ReplyState::Sending => Reason::OutcomeUnknown,
        _ => Reason::InternalError,
    }
}
