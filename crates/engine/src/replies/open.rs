//! Opens replies for new inbound messages, and finds those that are not final.

use domain::ids::{AccountId, ConversationId, MessageId, ReplyId, TenantId};
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::sql::{INSERT_REPLIES, LOCK_OPEN_OF_ACCOUNT, OPEN_IN_CONVERSATION, OPEN_REPLY_TO, OpenReply};
use crate::storage::{Connection, StorageError, Transaction, Value, bulk, sql};

/// A reply that is due, and where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueReply {
    /// The reply.
    pub reply: ReplyId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Through which account.
    pub account: AccountId,
    /// Whose.
    pub tenant: TenantId,
}

/// A reply to open. Its first job, where it needs one, has number [`NewReply::FIRST_JOB`].
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
    /// The number of a job that is enqueued with the reply.
    pub const FIRST_JOB: i64 = 1;

    /// What is due with it.
    #[must_use]
    pub const fn due(&self) -> DueReply {
        DueReply {
            reply: self.id,
            conversation: self.conversation,
            account: self.account,
            tenant: self.tenant,
        }
    }

    fn row(&self, now: Timestamp) -> Vec<Value> {
        let (version, none) = (1i64, 0i64);
        vec![
            self.id.into(),
            self.tenant.into(),
            self.account.into(),
            self.conversation.into(),
            self.message.into(),
            ReplyState::Queued.into(),
            now.into(),
            self.occurred_at.into(),
            version.into(),
            none.into(),
            none.into(),
            none.into(),
            false.into(),
            none.into(),
            Self::FIRST_JOB.into(),
            now.into(),
        ]
    }
}

/// Inserts the replies in state `queued`, due at once.
pub async fn open_replies<C: Connection>(
    connection: &C,
    replies: &[NewReply],
    now: Timestamp,
) -> Result<(), StorageError> {
    let rows = replies.iter().map(|reply| reply.row(now)).collect();
    bulk::execute(connection, INSERT_REPLIES, rows).await
}

/// The non-final replies of a conversation to messages up to `until`, the oldest first.
pub async fn open_in_conversation<C: Connection>(
    connection: &C,
    conversation: ConversationId,
    until: Timestamp,
) -> Result<Vec<OpenReply>, StorageError> {
    sql::all(connection, OPEN_IN_CONVERSATION, [conversation.into(), until.into()]).await
}

/// The reply to one inbound message while it is not final.
pub async fn open_reply<C: Connection>(connection: &C, message: MessageId) -> Result<Option<OpenReply>, StorageError> {
    sql::optional(connection, OPEN_REPLY_TO, [message.into()]).await
}

/// All non-final replies of an account. On PostgreSQL they are locked until the transaction ends, before the caller touches a
/// balance: a worker takes a reply and then the balance too.
pub async fn lock_open_replies(transaction: &Transaction, account: AccountId) -> Result<Vec<OpenReply>, StorageError> {
    sql::all(transaction, LOCK_OPEN_OF_ACCOUNT, [account.into()]).await
}
