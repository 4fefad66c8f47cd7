//! Work on a reply that stops by a fault of ours, an error or a panic: the reply is tried three times, each time later, then it fails,
//! its credit comes back, somebody is told. A database that is away or busy is no fault: it costs no try.

use std::time::Duration;

use domain::ids::{ConversationId, MessageId, ReplyId};
use domain::reasons::Reason;
use domain::time::Timestamp;

use super::outcome::WorkError;
use super::sql::{FAULTY_REPLY, REPLY_IN_WORK};
use super::worker::Pipeline;
use crate::replies::{count_fault, make_readable, open_reply, settle_not_sent};
use crate::storage::{StorageError, Transaction, commit, sql};

const MOST_FAULTS: i64 = 3;
/// Until the second and the third try after an error.
const DELAYS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];

impl Pipeline {
    /// Notes that a worker panicked on the conversation of this reply.
    pub async fn panicked(&self, reply: ReplyId) -> Result<(), WorkError> {
        let transaction = self.context.database.begin().await?;
        let now = self.context.clock.now();
        let reply = in_work(&transaction, reply, &self.context.claimant.name).await?;
        commit(transaction).await?;
        self.count_fault("panic", reply, [now, now]).await?;
        self.context.due_at(now);
        Ok(())
    }

    /// Notes that work on the oldest due reply of a conversation stopped with `error`; gives the error back when there is no such reply.
    pub(super) async fn stopped(&self, conversation: ConversationId, error: WorkError) -> Result<(), WorkError> {
        let now = self.context.clock.now();
        let values = [
            conversation.into(),
            self.context.claimant.name.clone().into(),
            now.into(),
        ];
        let faulty = sql::value::<ReplyId, _>(self.context.database.writer(), FAULTY_REPLY, values).await?;
        let Some(reply) = faulty else {
            return Err(error);
        };
        {
            let cause = &error as &dyn std::error::Error;
            tracing::error!(reply.id = %reply, error = cause, "work on a reply stopped; it is tried three times");
        }
        let next = DELAYS.map(|delay| now + delay);
        self.count_fault("error", reply, next).await?;
        for at in next {
            self.context.due_at(at);
        }
        Ok(())
    }

    /// Counted with a commit of its own: what makes the end fail must not make the count fail.
    async fn count_fault(&self, kind: &'static str, reply: ReplyId, next: [Timestamp; 2]) -> Result<(), WorkError> {
        let transaction = self.context.database.begin().await?;
        let counted = count_fault(&transaction, reply, next).await?;
        commit(transaction).await?;
        metrics::counter!("concierge_reply_faults_total", "kind" => kind).increment(1);
        match counted {
            Some((MOST_FAULTS.., message)) => self.end(reply, message).await,
            _ => Ok(()),
        }
    }

    async fn end(&self, reply: ReplyId, message: MessageId) -> Result<(), WorkError> {
        let transaction = self.context.database.begin().await?;
        let now = self.context.clock.now();
        make_readable(&transaction, reply).await?;
        if let Some(open) = open_reply(&transaction, message).await? {
            let _changed_meanwhile = settle_not_sent(&transaction, &open, Reason::InternalError, now).await?;
        }
        commit(transaction).await?;
        tracing::error!(reply.id = %reply, "a reply failed by a fault of Concierge; its credit is back");
        Ok(())
    }
}

/// A job stands for its whole conversation: the reply that was in work, and not the job's own, met the fault.
async fn in_work(transaction: &Transaction, job: ReplyId, worker: &str) -> Result<ReplyId, StorageError> {
    let busy = sql::value(transaction, REPLY_IN_WORK, [job.into(), worker.into()]).await?;
    Ok(busy.unwrap_or(job))
}
