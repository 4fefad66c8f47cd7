//! What the inbox works with: its context, the group that is being recorded, and a row of the message log.

use std::sync::Arc;

use domain::ids::MessageId;
use domain::messages::{Author, Direction, MessageKind, MessageOutcome};
use domain::reasons::Reason;
use domain::time::Timestamp;
use uuid::Uuid;

use super::conversations::Conversations;
use super::events::AccountEvent;
use super::sql::INSERT_MESSAGES;
use crate::channels::Channel;
use crate::clock::SharedClock;
use crate::jobs::wake::WakeUps;
use crate::pipeline::Dispatcher;
use crate::replies::NewReply;
use crate::storage::{Database, StorageError, Transaction, Value, bulk};
use crate::vault::Vault;

/// What the inbox needs.
#[derive(Debug, Clone)]
pub struct InboxContext {
    /// Where everything is recorded.
    pub database: Database,
    /// Reads the bytes and finds the accounts.
    pub channel: Arc<dyn Channel>,
    /// Seals the bodies.
    pub vault: Vault,
    /// Says when.
    pub clock: SharedClock,
    /// Told after each commit that enqueued jobs.
    pub wake: WakeUps,
    /// Takes the replies of this process to work, if it works on any.
    pub dispatcher: Dispatcher,
}

impl InboxContext {
    /// After the commit: whoever works on these replies hears of them.
    pub(super) fn announce<'a>(&self, opened: impl IntoIterator<Item = &'a NewReply>, by_jobs: bool) {
        let mut opened = opened.into_iter().map(NewReply::due).peekable();
        if opened.peek().is_none() {
            return;
        }
        match by_jobs {
            true => self.wake.jobs_added(),
            false => self.dispatcher.hand_over(opened),
        }
    }
}

/// What the recording of single events needs of their group.
pub(super) struct Recording<'a> {
    pub(super) context: &'a InboxContext,
    pub(super) transaction: &'a Transaction,
    pub(super) conversations: &'a Conversations,
    /// Another process works on the replies: it hears of them by jobs.
    pub(super) by_jobs: bool,
    pub(super) now: Timestamp,
}

/// A row of the message log.
pub(super) struct LogRow<'a> {
    pub(super) id: MessageId,
    pub(super) event: &'a AccountEvent<'a>,
    pub(super) direction: Direction,
    pub(super) author: Author,
    pub(super) kind: MessageKind,
    pub(super) sender: &'a str,
    pub(super) recipient: &'a str,
    pub(super) mid: Option<&'a str>,
    /// Why a customer's message gets no reply at all.
    pub(super) silence: Option<Reason>,
}

impl<'a> LogRow<'a> {
    /// What the account wrote without us, or with us by a reply that is not known yet.
    pub(super) fn outbound(
        event: &'a AccountEvent<'a>,
        author: Author,
        recipient: &'a str,
        mid: Option<&'a str>,
    ) -> Self {
        Self {
            id: MessageId::from_uuid(Uuid::now_v7()),
            event,
            direction: Direction::Outbound,
            author,
            kind: MessageKind::Text,
            sender: &event.account.primary,
            recipient,
            mid,
            silence: None,
        }
    }
}

impl Recording<'_> {
    /// Writes rows of the log; returns the ids of those that were not there.
    pub(super) async fn log(&self, rows: &[LogRow<'_>]) -> Result<Vec<MessageId>, StorageError> {
        let rows = rows.iter().map(|row| self.values(row)).collect();
        bulk::returning(self.transaction, INSERT_MESSAGES, rows).await
    }

    fn values(&self, row: &LogRow<'_>) -> Vec<Value> {
        let account = &row.event.account;
        let outcome = row.silence.map(|reason| MessageOutcome::from(reason.outcome_kind()));
        vec![
            row.id.into(),
            account.tenant.into(),
            self.context.channel.name().into(),
            account.id.into(),
            row.direction.into(),
            row.author.into(),
            row.kind.into(),
            row.sender.into(),
            row.recipient.into(),
            row.mid.into(),
            outcome.into(),
            row.silence.into(),
            row.event.event.occurred_at.into(),
            self.now.into(),
        ]
    }
}
