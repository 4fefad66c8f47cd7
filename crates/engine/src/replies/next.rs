//! Who works on what: one worker at a time in a conversation, on its oldest due reply.

use std::collections::HashSet;

use domain::ids::{ConversationId, ReplyId};

use super::sql::{CLAIM, LOCK_CONVERSATIONS, LOCK_FREE_CONVERSATIONS, NEXT_REPLIES, OpenReply};
use super::transitions::{Claimant, claim_clock};
use crate::clock::Clock;
use crate::storage::{StorageError, Transaction, bulk, has_row_locks, sql};

/// No row is changed as often; a fault begins the count anew.
const HIGHEST_VERSION: i64 = 1_000_000_000_000;

/// Locks conversations until the transaction ends, so that no two workers can both see one idle. Several are never waited for, as the
/// others of a group would wait with them: those that somebody has locked just now are left out.
pub async fn lock_conversations(
    transaction: &Transaction,
    conversations: &[ConversationId],
) -> Result<HashSet<ConversationId>, StorageError> {
    if !has_row_locks(transaction) {
        return Ok(conversations.iter().copied().collect());
    }
    let statement = match conversations {
        [_] => LOCK_CONVERSATIONS,
        _ => LOCK_FREE_CONVERSATIONS,
    };
    let (text, values) = sql::with_list(statement, [], conversations.iter().copied());
    let locked: Vec<ConversationId> = sql::values(transaction, text, values).await?;
    Ok(locked.into_iter().collect())
}

/// The oldest due reply of each of these conversations, unless one of its replies is in work. The rows are locked.
pub async fn next_replies(
    transaction: &Transaction,
    conversations: impl IntoIterator<Item = ConversationId>,
    clock: &dyn Clock,
) -> Result<Vec<OpenReply>, StorageError> {
    let first = [clock.now().into(), claim_clock(transaction, clock).into()];
    let (text, values) = sql::with_list(NEXT_REPLIES, first, conversations);
    let mut replies: Vec<OpenReply> = sql::all(transaction, text, values).await?;
    replies.retain(|reply| !reply.state.is_final());
    match replies.iter().all(has_countable_version) {
        true => Ok(replies),
        false => Err(StorageError::Corrupt("version of a reply")),
    }
}

/// Near the end of the range SQLite would go on counting in floating point.
const fn has_countable_version(reply: &OpenReply) -> bool {
    reply.version <= HIGHEST_VERSION
}

/// Claims replies as they were read; returns those that nobody else changed meanwhile.
pub async fn claim<'a>(
    transaction: &Transaction,
    replies: impl IntoIterator<Item = &'a mut OpenReply>,
    claimant: &Claimant,
    clock: &dyn Clock,
) -> Result<HashSet<ReplyId>, StorageError> {
    let mut replies: Vec<&mut OpenReply> = replies.into_iter().collect();
    let rows = replies.iter().map(|reply| vec![reply.id.into(), reply.version.into()]);
    let first = [
        claimant.name.clone().into(),
        claim_clock(transaction, clock).into(),
        claimant.length_ms().into(),
    ];
    let claimed: Vec<ReplyId> = bulk::changing_returning(transaction, CLAIM, first, rows.collect()).await?;
    let claimed: HashSet<ReplyId> = claimed.into_iter().collect();
    for reply in replies.iter_mut().filter(|reply| claimed.contains(&reply.id)) {
        reply.claimed_by = Some(claimant.name.clone());
        reply.claimed_until = Some(clock.now() + claimant.length);
        reply.version = reply.version.saturating_add(1);
    }
    Ok(claimed)
}
