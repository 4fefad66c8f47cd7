//! Conversations of the events: created when new, their window moved by customers' messages.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use domain::ids::{AccountId, ConversationId, TenantId};
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::account_lookup::AccountEvent;
use crate::channels::event::EventKind;
use crate::storage::bulk::BulkInsert;
use crate::storage::{StorageError, Transaction, sql};

/// Meta's standard messaging window after a customer's message.
const WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

const UPSERT: BulkInsert = BulkInsert {
    into: "conversations (id, tenant_id, account_id, customer_id, window_until, created_at)",
    columns: 6,
    suffix: "ON CONFLICT (account_id, customer_id) DO UPDATE SET window_until = CASE
            WHEN excluded.window_until > conversations.window_until THEN excluded.window_until
            ELSE conversations.window_until END
        RETURNING id, account_id, customer_id, last_human_at",
};

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

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    customer_id: String,
    last_human_at: Option<i64>,
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
                tenant.as_uuid().into(),
                account.as_uuid().into(),
                customer.to_owned().into(),
                window.as_millis().into(),
                now.as_millis().into(),
            ]
        });
    let rows = UPSERT.returning::<Row, _>(transaction, rows.collect()).await?;
    Ok(Conversations(rows.into_iter().map(|row| row.into()).collect()))
}

impl From<Row> for ((AccountId, String), Conversation) {
    fn from(row: Row) -> Self {
        let conversation = Conversation {
            id: ConversationId::from_uuid(row.id),
            last_human_at: row.last_human_at.map(Timestamp::from_millis),
        };
        ((AccountId::from_uuid(row.account_id), row.customer_id), conversation)
    }
}

/// One entry per conversation, sorted so that two writers lock rows in the same order.
fn windows<'a>(events: &'a [AccountEvent<'_>]) -> BTreeMap<(AccountId, &'a str), (TenantId, Timestamp)> {
    let mut windows = BTreeMap::new();
    for event in events {
        let (customer, until) = match &event.event.kind {
            EventKind::Message { customer, .. } | EventKind::Unreadable { customer } => {
                (customer, event.event.occurred_at + WINDOW)
            }
            EventKind::Echo { customer, .. } => (customer, Timestamp::from_millis(0)),
            EventKind::SelfMessage { .. } | EventKind::Unsent { .. } | EventKind::Noted(_) => continue,
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
    let text = "UPDATE conversations SET last_human_at = $1
        WHERE id = $2 AND (last_human_at IS NULL OR last_human_at < $1)";
    sql::execute(
        transaction,
        text,
        [at.as_millis().into(), conversation.as_uuid().into()],
    )
    .await?;
    Ok(())
}
