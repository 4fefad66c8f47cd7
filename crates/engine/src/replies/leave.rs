//! Rules after whose reply a conversation is left to a person.

use domain::time::Timestamp;
use sea_orm::ConnectionTrait;

use super::row::OpenReply;
use crate::storage::{StorageError, sql};

/// Whether the reply's rule leaves the conversation to a person. If so, the conversation is locked, before the reply is: the
/// inbox takes them in that order too.
pub(super) async fn lock<C: ConnectionTrait>(transaction: &C, reply: &OpenReply) -> Result<bool, StorageError> {
    let Some(rule) = reply.rule else { return Ok(false) };
    let text = "UPDATE conversations SET customer_id = customer_id
        WHERE id = $1 AND EXISTS (SELECT 1 FROM rules WHERE id = $2 AND leave_to_person)";
    let values = [reply.conversation.as_uuid().into(), rule.as_uuid().into()];
    Ok(sql::execute(transaction, text, values).await? > 0)
}

/// From now on the conversation waits for a person.
pub(super) async fn to_person<C: ConnectionTrait>(
    transaction: &C,
    reply: &OpenReply,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text = "UPDATE conversations SET left_to_person_at = $1 WHERE id = $2";
    let values = [now.as_millis().into(), reply.conversation.as_uuid().into()];
    sql::execute(transaction, text, values).await?;
    Ok(())
}
