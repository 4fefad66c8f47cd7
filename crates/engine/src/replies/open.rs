//! Opens replies for new inbound messages, many with one statement.

use domain::ids::{AccountId, ConversationId, MessageId, ReplyId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, Value};

use crate::storage::StorageError;
use crate::storage::bulk::BulkInsert;

/// A reply to open; its first job has number [`NewReply::FIRST_JOB`].
#[derive(Debug, Clone, Copy)]
pub struct NewReply {
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
    /// When the customer wrote.
    pub occurred_at: Timestamp,
}

impl NewReply {
    /// The number of the job that is enqueued with the reply.
    pub const FIRST_JOB: i64 = 1;
}

const INSERT: BulkInsert = BulkInsert {
    into: "replies (id, tenant_id, account_id, conversation_id, message_id, state, not_before, occurred_at, version,
        attempts, lookups, empty_lookups, presumed_sent, panics, job_no, created_at)",
    columns: 16,
    suffix: "",
};

/// Inserts the replies in state `queued`, due at once.
///
/// # Errors
/// What the database answers.
pub async fn open_replies<C: ConnectionTrait>(
    connection: &C,
    replies: &[NewReply],
    now: Timestamp,
) -> Result<(), StorageError> {
    INSERT
        .execute(connection, replies.iter().map(|reply| row(reply, now)).collect())
        .await
}

fn row(reply: &NewReply, now: Timestamp) -> Vec<Value> {
    vec![
        reply.id.as_uuid().into(),
        reply.tenant.as_uuid().into(),
        reply.account.as_uuid().into(),
        reply.conversation.as_uuid().into(),
        reply.message.as_uuid().into(),
        "queued".into(),
        now.as_millis().into(),
        reply.occurred_at.as_millis().into(),
        1i64.into(),
        0i64.into(),
        0i64.into(),
        0i64.into(),
        false.into(),
        0i64.into(),
        NewReply::FIRST_JOB.into(),
        now.as_millis().into(),
    ]
}
