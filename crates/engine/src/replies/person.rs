//! An echo with other words than ours is taken for a person's. When the platform's answer proves it ours after all, the conversation
//! must not stay quiet for a person who never wrote.

use sea_orm::{ConnectionTrait, Value};

use crate::storage::{StorageError, sql};

/// After the log was put right: the persons' messages that are left in it say when one wrote last.
///
/// The one place that takes a conversation after its reply. It is rare, and whoever loses a deadlock of PostgreSQL's tries again.
pub(super) async fn wrote_last<C: ConnectionTrait>(transaction: &C, replies: Vec<Value>) -> Result<(), StorageError> {
    if replies.is_empty() {
        return Ok(());
    }
    let replies = sql::padded(replies);
    let names = sql::placeholders(1, replies.len());
    let text = format!(
        "UPDATE conversations SET last_human_at = (SELECT MAX(m.occurred_at) FROM messages m
            WHERE m.account_id = conversations.account_id AND m.recipient_id = conversations.customer_id
                AND m.direction = 'outbound' AND m.author = 'human')
        WHERE last_human_at IS NOT NULL AND id IN (SELECT conversation_id FROM replies WHERE id IN ({names}))"
    );
    sql::execute(transaction, text, replies).await?;
    Ok(())
}
