//! Conversations of the events: created when new, their window moved by customers' messages.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use domain::ids::{AccountId, ConversationId, TenantId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::events::AccountEvent;
use super::sql::{PERSON_WROTE, TOUCH_CONVERSATIONS};
use crate::channels::event::EventKind;
use crate::storage::{StorageError, Transaction, bulk, sql};

/// Meta's standard messaging window after a customer's message.
const WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

/// A conversation of this group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conversation {
    pub(super) id: ConversationId,
    pub(super) last_human_at: Option<Timestamp>,
}

/// The conversations of this group by account and customer.
pub(super) struct Conversations(HashMap<(AccountId, String), Conversation>);

impl Conversations {
    pub(super) fn get(&self, account: AccountId, customer: &str) -> Result<Conversation, StorageError> {
        let found = self.0.get(&(account, customer.to_owned())).copied();
        found.ok_or(StorageError::Corrupt("conversation"))
    }
}

pub(super) async fn touch(
    transaction: &Transaction,
    events: &[AccountEvent<'_>],
    now: Timestamp,
) -> Result<Conversations, StorageError> {
    let rows = windows(events)
        .into_iter()
        .map(|((account, customer), (tenant, window))| {
            vec![
                Uuid::now_v7().into(),
                tenant.into(),
                account.into(),
                customer.into(),
                window.into(),
                now.into(),
            ]
        });
    let rows: Vec<(ConversationId, AccountId, String, Option<Timestamp>)> =
        bulk::returning(transaction, TOUCH_CONVERSATIONS, rows.collect()).await?;
    let conversations = rows.into_iter().map(|(id, account, customer, last_human_at)| {
        let conversation = Conversation { id, last_human_at };
        ((account, customer), conversation)
    });
    Ok(Conversations(conversations.collect()))
}

/// One entry per conversation, sorted so that two writers lock rows in the same order.
fn windows<'a>(events: &'a [AccountEvent<'_>]) -> BTreeMap<(AccountId, &'a str), (TenantId, Timestamp)> {
    let mut windows = BTreeMap::new();
    for event in events {
        let (customer, until) = match &event.event.kind {
            EventKind::Message { customer, .. }
            | EventKind::Unreadable {
                customer: Some(customer),
            } => (customer, event.event.occurred_at + WINDOW),
            EventKind::Echo { customer, .. } => (customer, Timestamp::from_millis(0)),
            EventKind::SelfMessage { .. }
            | EventKind::Unsent { .. }
            | EventKind::Unreadable { customer: None }
            | EventKind::Noted(_) => continue,
        };
        let entry = windows
            .entry((event.account.id, customer.as_str()))
            .or_insert((event.account.tenant, until));
        entry.1 = entry.1.max(until);
    }
    windows
}

/// A person of the business wrote at `at`.
pub(super) async fn human_wrote(
    transaction: &Transaction,
    conversation: ConversationId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql::execute(transaction, PERSON_WROTE, [at.into(), conversation.into()]).await?;
    Ok(())
}
