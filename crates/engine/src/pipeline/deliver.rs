//! The call to the platform and the second commit: what came of it.

use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;

use super::begin::Outgoing;
use super::confirm::unknown_outcome;
use super::context::PipelineContext;
use super::refused::refused;
use super::work::WorkError;
use crate::channels::refusal::SendError;
use crate::replies::{Final, OpenReply, Step, Waiting, settle, take_back};
use crate::storage::{StorageError, Transaction};

pub(super) async fn deliver(context: &PipelineContext, outgoing: Outgoing) -> Result<(), WorkError> {
    if outgoing.claimed_at.elapsed() > context.timings.longest_preparation() {
        // Too late to call safely: another worker could take over while the call is on its way.
        let now = context.clock.now();
        return back_to_composed(context, outgoing.reply, WaitReason::Retrying, now).await;
    }
    let sent = context
        .channel
        .send(&outgoing.sender, &outgoing.customer, &outgoing.text)
        .await;
    match sent {
        Ok(mid) => sent_with(context, &outgoing.reply, mid).await,
        Err(SendError::NotSent) => try_again(context, outgoing.reply).await,
        Err(SendError::Unknown) => unknown_outcome(context, outgoing.reply, false).await,
        Err(SendError::Refused(refusal)) => refused(context, outgoing, refusal).await,
    }
}

async fn sent_with(context: &PipelineContext, reply: &OpenReply, mid: String) -> Result<(), WorkError> {
    context.settler.sent(reply, mid).await
}

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
    let step = take_back(&transaction, &mut reply, Waiting { reason, until }).await?;
    conclude(transaction, step).await?;
    context.due_at(until);
    Ok(())
}

/// Ends the reply; its credit comes back.
pub(super) async fn fail(context: &PipelineContext, reply: &OpenReply, reason: Reason) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    let step = settle(&transaction, reply, &Final::NotSent(reason), context.clock.now()).await?;
    conclude(transaction, step).await
}

/// Commits what was taken; what was lost to somebody faster is rolled back.
pub(super) async fn conclude(transaction: Transaction, step: Step) -> Result<(), WorkError> {
    match step {
        Step::Taken => Ok(transaction.commit().await.map_err(StorageError::from)?),
        Step::Lost => {
            transaction.rollback().await.map_err(StorageError::from)?;
            Err(WorkError::Lost)
        }
    }
}
