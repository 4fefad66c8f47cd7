//! What work on a reply leads to when it does not end at once: another try, a wait, a failed reply, or a stop.

use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;

use super::context::PipelineContext;
use crate::replies::{OpenReply, Transition, Waiting, settle_not_sent, take_back};
use crate::storage::{StorageError, Transaction, commit};
use crate::vault::VaultError;

/// Work on a reply stopped. The row says where; the sweeper comes back to it.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// Somebody else changed the reply: an echo, an unsend, or a worker after our claim had ended.
    #[error("somebody else changed the reply")]
    Conflict,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Content could not be sealed.
    #[error(transparent)]
    Vault(VaultError),
    /// It panicked, which is logged already.
    #[error("the work panicked")]
    Panicked,
}

impl WorkError {
    /// Whether the reply, or something it depends on, is at fault: another try at once would end the same way.
    pub(super) fn is_fault(&self) -> bool {
        match self {
            Self::Conflict => false,
            Self::Storage(error) | Self::Vault(VaultError::Storage(error)) => error.is_fault(),
            Self::Vault(_) | Self::Panicked => true,
        }
    }
}

/// What a reply waits for that is sent again, and what it ends for when it is given up.
pub(super) const UNREACHABLE: (WaitReason, Reason) = (WaitReason::Retrying, Reason::Transient);

/// It certainly did not arrive: again by the timetable of retries, or never.
pub(super) async fn try_again(context: &PipelineContext, reply: OpenReply) -> Result<(), WorkError> {
    let now = context.clock.now();
    try_again_after(context, reply, now, UNREACHABLE).await
}

/// The same, counted from a call, with what it waits for and what it ends for.
pub(super) async fn try_again_after(
    context: &PipelineContext,
    reply: OpenReply,
    called_at: Timestamp,
    (waits_for, ends_for): (WaitReason, Reason),
) -> Result<(), WorkError> {
    let attempts = u32::try_from(reply.attempts).unwrap_or(u32::MAX);
    let timetable = context.timings.retries();
    match timetable.next(attempts, called_at, reply.occurred_at, rand::random()) {
        Some(due) => back_to_composed(context, reply, waits_for, due.max(context.clock.now())).await,
        None => fail(context, &reply, ends_for).await,
    }
}

/// Waits, composed and paid for, until `until`.
pub(super) async fn back_to_composed(
    context: &PipelineContext,
    mut reply: OpenReply,
    reason: WaitReason,
    until: Timestamp,
) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    let transition = take_back(&transaction, &mut reply, Waiting { reason, until }).await?;
    commit_waiting(context, transaction, transition, until).await
}

/// Ends the reply; its credit comes back.
pub(super) async fn fail(context: &PipelineContext, reply: &OpenReply, reason: Reason) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    let transition = settle_not_sent(&transaction, reply, reason, context.clock.now()).await?;
    commit_transition(transaction, transition).await
}

/// Commits a reply that waits until `until`.
pub(super) async fn commit_waiting(
    context: &PipelineContext,
    transaction: Transaction,
    transition: Transition,
    until: Timestamp,
) -> Result<(), WorkError> {
    commit_transition(transaction, transition).await?;
    context.due_at(until);
    Ok(())
}

/// Commits what was applied, rolls back what was not.
pub(super) async fn commit_transition(transaction: Transaction, transition: Transition) -> Result<(), WorkError> {
    match transition {
        Transition::Applied => Ok(commit(transaction).await?),
        Transition::Conflict => {
            transaction.rollback().await.map_err(StorageError::from)?;
            Err(WorkError::Conflict)
        }
    }
}

/// Stops the work on a reply that somebody else changed.
pub(super) fn applied(transition: Transition) -> Result<(), WorkError> {
    match transition {
        Transition::Applied => Ok(()),
        Transition::Conflict => Err(WorkError::Conflict),
    }
}
