//! What a decision that sends nothing now comes to, in the transaction that decided.

use std::time::Duration;

use domain::decide::Outcome;
use domain::messages::MessageKind;
use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;

use super::composing::Instead;
use super::context::PipelineContext;
use super::facts::Facts;
use super::outcome::{WorkError, applied};
use super::prepare::Prepared;
use super::sql::CHANGE_KIND;
use super::starting::{Starting, start};
use crate::replies::{self, OpenReply, Waiting, settle_not_sent, wait};
use crate::storage::{StorageError, Transaction, sql};

pub(super) async fn apply_outcome(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &mut OpenReply,
    outcome: Outcome,
    window_until: Timestamp,
) -> Result<Prepared, WorkError> {
    let now = context.clock.now();
    match outcome {
        Outcome::Silence(reason) => {
            let reason = end_with(transaction, reply, reason).await?;
            applied(settle_not_sent(transaction, reply, reason, now).await?)?;
            Ok(Prepared::Done)
        }
        Outcome::Wait { reason, until } => {
            let until = until.unwrap_or(window_until).max(now + Duration::from_millis(1));
            applied(wait(transaction, reply, Waiting { reason, until }).await?)?;
            tracing::debug!(reason = reason.as_str(), "the reply waits");
            context.due_at(until);
            Ok(Prepared::Done)
        }
        Outcome::Reply { .. } => Err(WorkError::Conflict),
    }
}

/// For what a reply ends that is rightly not answered.
pub(super) async fn end_with(
    transaction: &Transaction,
    reply: &OpenReply,
    reason: Reason,
) -> Result<Reason, StorageError> {
    if reason == Reason::UnsentByCustomer {
        mark_unsent(transaction, reply).await?;
    }
    Ok(after_waiting(reason, reply.wait_reason))
}

/// The log tells that the message was taken back, also where the writer that recorded that did not see the message yet.
async fn mark_unsent(transaction: &Transaction, reply: &OpenReply) -> Result<(), StorageError> {
    let values = [MessageKind::Unsent.into(), reply.message.into()];
    sql::execute(transaction, CHANGE_KIND, values).await.map(drop)
}

/// A window that closed while the reply waited is the fault of what it waited for.
fn after_waiting(reason: Reason, waited_for: Option<WaitReason>) -> Reason {
    if !matches!(reason, Reason::WindowClosed | Reason::TooOld) {
        return reason;
    }
    match waited_for {
        None => reason,
        Some(WaitReason::NeedsReconnect) => Reason::TokenInvalid,
        Some(WaitReason::NeedsAttention) => Reason::PermissionMissing,
        Some(WaitReason::TokenRefused) => Reason::TokenRefused,
        Some(WaitReason::DeploymentRefused) => Reason::DeploymentRefused,
        Some(WaitReason::Confirming) => Reason::OutcomeUnknown,
        Some(WaitReason::AiUnavailable) => Reason::AiUnavailable,
        Some(WaitReason::Paused | WaitReason::RateLimited | WaitReason::Retrying) => Reason::Transient,
    }
}

/// The account's choice in place of an answer of the AI.
pub(super) async fn apply_instead(
    context: &PipelineContext,
    transaction: &Transaction,
    mut reply: OpenReply,
    facts: Facts,
    instead: Instead,
) -> Result<Prepared, WorkError> {
    let now = context.clock.now();
    match instead {
        Instead::Send(composed) => {
            let composed = facts.with_disclosure(composed, now);
            start(context, transaction, Starting { reply, facts, composed }).await
        }
        Instead::Skip(skip) => {
            skip.note(&mut reply);
            applied(settle_not_sent(transaction, &reply, skip.reason, now).await?)?;
            Ok(Prepared::Done)
        }
    }
}

/// By the timetable of retries, as for an answer of the AI.
pub(super) async fn wait_for_scores(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &mut OpenReply,
) -> Result<Prepared, WorkError> {
    let now = context.clock.now();
    // This try counts.
    reply.compose_attempts += 1;
    match context.next_question(reply, now) {
        Some(until) => {
            applied(replies::wait_for_scores(transaction, reply, until).await?)?;
            tracing::debug!("the reply waits until its message can be understood");
            context.due_at(until);
        }
        None => applied(settle_not_sent(transaction, reply, Reason::AiUnavailable, now).await?)?,
    }
    Ok(Prepared::Done)
}
