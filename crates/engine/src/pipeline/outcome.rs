//! What a call that did not succeed leads to: another try, a wait, or a failed reply.

use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;

use super::context::PipelineContext;
use super::error::WorkError;
use crate::replies::{OpenReply, ReplyOutcome, Transition, Waiting, settle, take_back};
use crate::storage::{StorageError, Transaction};

/// It certainly did not arrive: again by the timetable, or never.
pub(super) async fn try_again(context: &PipelineContext, reply: OpenReply) -> Result<(), WorkError> {
    try_again_because(context, reply, (WaitReason::Retrying, Reason::Transient)).await
}

/// The same, with what it waits for and what it ends for.
pub(super) async fn try_again_because(
    context: &PipelineContext,
    reply: OpenReply,
    (waits_for, ends_for): (WaitReason, Reason),
) -> Result<(), WorkError> {
    let now = context.clock.now();
    match context
        .timings
        .retries()
        .next(reply.attempts, now, reply.occurred_at, rand::random())
    {
        Some(due) => back_to_composed(context, reply, waits_for, due).await,
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
    commit_transition(transaction, transition).await?;
    context.due_at(until);
    Ok(())
}

/// Ends the reply; its credit comes back.
pub(super) async fn fail(context: &PipelineContext, reply: &OpenReply, reason: Reason) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    let transition = settle(&transaction, reply, &ReplyOutcome::NotSent(reason), context.clock.now()).await?;
    commit_transition(transaction, transition).await
}

/// Commits what was taken; what was lost to somebody faster is rolled back.
pub(super) async fn commit_transition(transaction: Transaction, transition: Transition) -> Result<(), WorkError> {
    match transition {
        Transition::Applied => Ok(transaction.commit().await.map_err(StorageError::from)?),
        Transition::Conflict => {
            transaction.rollback().await.map_err(StorageError::from)?;
            Err(WorkError::Conflict)
        }
    }
}
