//! Faults of ours, counted on the row of the reply that met them.

use domain::ids::{ConversationId, MessageId, ReplyId};
use domain::time::Timestamp;

use super::sql::{COUNT_FAULT, MAKE_READABLE, NEXT_TO_CLAIM};
use super::transitions::claim_clock;
use crate::clock::Clock;
use crate::storage::{StorageError, Transaction, Value, sql};

/// A reply as its row stands in the database.
#[derive(Debug, Clone, Copy)]
pub struct ReplyVersion {
    /// Its id.
    pub id: ReplyId,
    /// Another one is somebody else's change.
    pub version: i64,
}

/// The reply that [`next_replies`](super::next_replies) would find; for when that fails, because it reads the whole row.
pub async fn next_to_claim(
    transaction: &Transaction,
    conversation: ConversationId,
    clock: &dyn Clock,
) -> Result<Option<ReplyVersion>, StorageError> {
    let own_clock = claim_clock(transaction, clock);
    let values = [conversation.into(), clock.now().into(), own_clock.into()];
    let next = sql::value(transaction, NEXT_TO_CLAIM, values).await?;
    Ok(next.map(|(id, version)| ReplyVersion { id, version }))
}

/// Counts a fault of a worker on this reply, frees the claim, and makes it due again. Returns how many there were and the message it
/// answers; `None` when the reply is final or somebody else changed it.
pub async fn count_fault(
    transaction: &Transaction,
    reply: ReplyVersion,
    due: [Timestamp; 3],
) -> Result<Option<(i64, MessageId)>, StorageError> {
    let due = due.map(Value::from);
    let values = [reply.id.into(), reply.version.into()].into_iter().chain(due);
    sql::value(transaction, COUNT_FAULT, values).await
}

/// Makes a reply that is about to fail readable, whatever its row holds.
pub async fn make_readable(transaction: &Transaction, reply: ReplyId) -> Result<(), StorageError> {
    sql::execute(transaction, MAKE_READABLE, [reply.into()]).await?;
    Ok(())
}
