//! A reply that is not final, as read from its row.

use domain::ids::{AccountId, ConversationId, MessageId, ReplyId, RuleId, TenantId};
use domain::reasons::WaitReason;
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Value};
use uuid::Uuid;

use crate::storage::{StorageError, Transaction, sql};

/// What every query of open replies selects.
pub(super) const COLUMNS: &str =
    "id, tenant_id, account_id, conversation_id, message_id, state, wait_reason, occurred_at,
    rule_id, response_kind, claimed_by, claimed_until, version, attempts, lookups, empty_lookups, presumed_sent, panics,
    sending_at, created_at";

/// A non-final reply.
#[derive(Debug, Clone)]
pub struct OpenReply {
    /// Its id.
    pub id: ReplyId,
    /// Whose.
    pub tenant: TenantId,
    /// Through which account.
    pub account: AccountId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// The inbound message it answers.
    pub message: MessageId,
    /// Where it stands.
    pub state: ReplyState,
    /// Why it waits, if it does.
    pub wait_reason: Option<WaitReason>,
    /// When the customer wrote.
    pub occurred_at: Timestamp,
    /// The rule that won; `None` before the decision and for the default reply.
    pub rule: Option<RuleId>,
    /// What kind of response won.
    pub response_kind: Option<ResponseKind>,
    /// Who works on it.
    pub claimed_by: Option<String>,
    /// Until when.
    pub claimed_until: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
    /// How often the platform was asked to send it.
    pub attempts: u32,
    /// How often the conversation was read to learn whether it arrived.
    pub lookups: u32,
    /// How many of those reads succeeded and found nothing.
    pub empty_lookups: u32,
    /// The platform said that it was sent in spite of the error.
    pub presumed_sent: bool,
    /// How often a worker panicked on it.
    pub panics: u32,
    /// When the last call to the platform began.
    pub sending_at: Option<Timestamp>,
    /// When the event was recorded.
    pub created_at: Timestamp,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    id: Uuid,
    tenant_id: Uuid,
    account_id: Uuid,
    conversation_id: Uuid,
    message_id: Uuid,
    state: String,
    wait_reason: Option<String>,
    occurred_at: i64,
    rule_id: Option<Uuid>,
    response_kind: Option<String>,
    claimed_by: Option<String>,
    claimed_until: Option<i64>,
    version: i64,
    attempts: i64,
    lookups: i64,
    empty_lookups: i64,
    presumed_sent: bool,
    panics: i64,
    sending_at: Option<i64>,
    created_at: i64,
}

impl TryFrom<Row> for OpenReply {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Self {
            id: ReplyId::from_uuid(row.id),
            tenant: TenantId::from_uuid(row.tenant_id),
            account: AccountId::from_uuid(row.account_id),
            conversation: ConversationId::from_uuid(row.conversation_id),
            message: MessageId::from_uuid(row.message_id),
            state: named(&row.state, "state of a reply")?,
            wait_reason: row
                .wait_reason
                .as_deref()
                .map(|name| named(name, "wait reason"))
                .transpose()?,
            occurred_at: Timestamp::from_millis(row.occurred_at),
            rule: row.rule_id.map(RuleId::from_uuid),
            response_kind: row
                .response_kind
                .as_deref()
                .map(|name| named(name, "response kind"))
                .transpose()?,
            claimed_by: row.claimed_by,
            claimed_until: row.claimed_until.map(Timestamp::from_millis),
            version: row.version,
            attempts: count(row.attempts),
            lookups: count(row.lookups),
            empty_lookups: count(row.empty_lookups),
            presumed_sent: row.presumed_sent,
            panics: count(row.panics),
            sending_at: row.sending_at.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(row.created_at),
        })
    }
}

fn named<T: std::str::FromStr>(name: &str, what: &'static str) -> Result<T, StorageError> {
    name.parse().map_err(|_| StorageError::Corrupt(what))
}

/// The non-final replies of a conversation to messages up to `until`, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn open_in_conversation<C: ConnectionTrait>(
    connection: &C,
    conversation: ConversationId,
    until: Timestamp,
) -> Result<Vec<OpenReply>, StorageError> {
    let condition = "conversation_id = $1 AND occurred_at <= $2 ORDER BY occurred_at, id";
    select(
        connection,
        condition,
        vec![conversation.as_uuid().into(), until.as_millis().into()],
    )
    .await
}

/// The reply to one inbound message while it is not final.
///
/// # Errors
/// What the database answers.
pub async fn open_reply<C: ConnectionTrait>(
    connection: &C,
    message: MessageId,
) -> Result<Option<OpenReply>, StorageError> {
    Ok(select(connection, "message_id = $1", vec![message.as_uuid().into()])
        .await?
        .pop())
}

/// All non-final replies of an account. On PostgreSQL they are locked until the transaction ends, before the caller touches a
/// balance: a worker takes a reply and then the balance too.
///
/// # Errors
/// What the database answers.
pub async fn lock_open_replies(transaction: &Transaction, account: AccountId) -> Result<Vec<OpenReply>, StorageError> {
    let condition = match transaction.get_database_backend() {
        DatabaseBackend::Postgres => "account_id = $1 ORDER BY id FOR UPDATE",
        _ => "account_id = $1 ORDER BY id",
    };
    select(transaction, condition, vec![account.as_uuid().into()]).await
}

async fn select<C: ConnectionTrait>(
    connection: &C,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<OpenReply>, StorageError> {
    let text = format!("SELECT {COLUMNS} FROM replies WHERE settled_at IS NULL AND {condition}");
    sql::all::<Row, C>(connection, text, values)
        .await?
        .into_iter()
        .map(OpenReply::try_from)
        .collect()
}
