//! The first commit of a reply: claim, decide, reserve, compose, `sending`.

use std::time::Duration;

use domain::decide::{Outcome, decide, recheck_before_send};
use domain::ids::{ConversationId, RuleId, TenantId};
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::rules::{Response, ResponseKind};
use domain::time::Timestamp;
use tokio::time::Instant;

use super::context::PipelineContext;
use super::error::WorkError;
use super::facts::{Facts, mark_unsent, words_purpose};
use super::outgoing::{Outgoing, Unsendable, sender_with};
use crate::credits::{Reservation, reserve, write_off_expired};
use crate::replies::{OpenReply, ReplyOutcome, Transition, Waiting, claim_next, settle, start_sending, wait};
use crate::storage::{StorageError, Transaction};
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{Content, SealedPurpose};

/// What to do after the first commit.
pub(super) enum Prepared {
    /// Nothing is due in this conversation, or somebody else works on it.
    Idle,
    /// This reply is done for now; look for the next one.
    Done,
    /// Hand it to the platform.
    Send(Outgoing),
    /// The token cannot be opened.
    Unsendable(Unsendable),
    /// Find out whether it arrived.
    Confirm(OpenReply),
}

/// The words of a reply and where they come from.
struct Composed {
    rule: Option<RuleId>,
    kind: ResponseKind,
    text: Content,
}

enum Decided {
    Reply(Composed),
    Outcome(Outcome),
}

pub(super) async fn prepare(context: &PipelineContext, conversation: ConversationId) -> Result<Prepared, WorkError> {
    let claimed_at = Instant::now();
    let transaction = context.database.begin().await?;
    let claimed = claim_next(&transaction, conversation, &context.claimant, context.clock.as_ref()).await?;
    let Some(reply) = claimed else {
        return Ok(Prepared::Idle);
    };
    tracing::record_all!(
        tracing::Span::current(),
        reply.id = %reply.id,
        message.id = %reply.message,
        account.id = %reply.account
    );
    if reply.state == ReplyState::Sending {
        transaction.commit().await.map_err(StorageError::from)?;
        return Ok(Prepared::Confirm(reply));
    }
    let tenant = reply.tenant;
    match prepare_claimed(context, &transaction, reply, claimed_at).await? {
        Some(next) => {
            transaction.commit().await.map_err(StorageError::from)?;
            Ok(next)
        }
        None => {
            transaction.rollback().await.map_err(StorageError::from)?;
            settle_balance(context, tenant).await?;
            Ok(Prepared::Done)
        }
    }
}

/// The balance that was read had expired or was taken meanwhile: with what has expired written off, the reply is decided anew.
async fn settle_balance(context: &PipelineContext, tenant: TenantId) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    write_off_expired(&transaction, tenant, context.clock.now()).await?;
    transaction.commit().await.map_err(StorageError::from)?;
    Ok(())
}

/// `None`: no credit could be taken, although there seemed to be one.
async fn prepare_claimed(
    context: &PipelineContext,
    transaction: &Transaction,
    mut reply: OpenReply,
    claimed_at: Instant,
) -> Result<Option<Prepared>, WorkError> {
    let now = context.clock.now();
    let facts = Facts::load(context, transaction, &reply, now).await?;
    let decided = match reply.state {
        ReplyState::Composed => resume(context, &reply, &facts, now),
        _ => compose(context, &reply, &facts, now),
    };
    let composed = match decided {
        Decided::Reply(composed) => {
            let rule = composed.rule.map(tracing::field::display);
            tracing::debug!(
                rule.id = rule,
                response.kind = composed.kind.as_str(),
                "the reply is decided"
            );
            composed
        }
        Decided::Outcome(outcome) => {
            let next = apply_outcome(context, transaction, &mut reply, outcome, facts.window_until).await?;
            return Ok(Some(next));
        }
    };
    let (tenant, id, needs_credit) = (reply.tenant, reply.id, !reply.state.holds_credit());
    let ids = context.channel.sending_ids(transaction, reply.account).await?;
    seal(context, transaction, &reply, &composed.text, now).await?;
    if start_sending(transaction, &mut reply, composed.rule, composed.kind, now).await? == Transition::Conflict {
        return Err(WorkError::Conflict);
    }
    let next = match sender_with(context, &reply, ids, facts.token.as_ref()) {
        Some(sender) => Prepared::Send(Outgoing {
            reply,
            sender,
            token: facts.token,
            customer: facts.customer,
            text: composed.text,
            window_until: facts.window_until,
            claimed_at,
        }),
        None => Prepared::Unsendable(Unsendable {
            reply,
            token: facts.token,
            window_until: facts.window_until,
        }),
    };
    // Last: from here to the commit the tenant's balance is locked for its other replies.
    if needs_credit {
        if reserve(transaction, tenant, id, now).await? == Reservation::NoCredits {
            return Ok(None);
        }
        tracing::debug!("the reply is charged");
    }
    Ok(Some(next))
}

/// A reply that was composed before keeps its words: only the gates are looked at again.
fn resume(context: &PipelineContext, reply: &OpenReply, facts: &Facts, now: Timestamp) -> Decided {
    if let Some(outcome) = recheck_before_send(&facts.input(context, None, now)) {
        return Decided::Outcome(outcome);
    }
    match open(context, reply, facts) {
        Opened::Words(text) => Decided::Reply(Composed {
            rule: reply.rule,
            kind: reply.response_kind.unwrap_or(ResponseKind::Canned),
            text,
        }),
        Opened::Nothing | Opened::Unreadable => Decided::Outcome(Outcome::Silence(Reason::ContentUnreadable)),
    }
}

fn compose(context: &PipelineContext, reply: &OpenReply, facts: &Facts, now: Timestamp) -> Decided {
    let text = match open(context, reply, facts) {
        Opened::Words(text) => Some(text),
        Opened::Nothing => None,
        Opened::Unreadable => return Decided::Outcome(Outcome::Silence(Reason::ContentUnreadable)),
    };
    let decision = decide(&facts.input(context, text.as_ref(), now));
    if let Some(matches) = &context.matches {
        matches.remember(reply.message, &decision);
    }
    match decision.outcome {
        Outcome::Reply {
            rule,
            response: Response::Canned(text),
        } => Decided::Reply(Composed {
            rule,
            kind: ResponseKind::Canned,
            text: Content::new(facts.disclosed(&text, now)),
        }),
        // `decide` stops at `ai_off` while there is no AI client; this arm is where composing will be called.
        Outcome::Reply {
            response: Response::AiPrompt(_),
            ..
        } => Decided::Outcome(Outcome::Silence(Reason::AiOff)),
        outcome => Decided::Outcome(outcome),
    }
}

enum Opened {
    Words(Content),
    Nothing,
    Unreadable,
}

fn open(context: &PipelineContext, reply: &OpenReply, facts: &Facts) -> Opened {
    let Some(sealed) = &facts.words else {
        return Opened::Nothing;
    };
    let (purpose, owner) = (words_purpose(reply.state), reply.id.as_uuid());
    match store::unseal(&context.vault, purpose, reply.tenant, owner, sealed) {
        Ok(text) => Opened::Words(text),
        Err(error) => {
            tracing::error!(reply.id = %reply.id, error = &error as &dyn std::error::Error, "content cannot be opened");
            Opened::Unreadable
        }
    }
}

async fn seal(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &OpenReply,
    text: &Content,
    now: Timestamp,
) -> Result<(), WorkError> {
    let (owner, purpose, tenant) = (reply.id.as_uuid(), SealedPurpose::ComposedReply, reply.tenant);
    let sealed = context
        .vault
        .seal(purpose, tenant, owner, text.expose().as_bytes())
        .map_err(WorkError::Vault)?;
    store::put(
        transaction,
        &PlacedSeal {
            owner,
            purpose,
            tenant,
            sealed,
        },
        now,
    )
    .await?;
    Ok(())
}

async fn apply_outcome(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &mut OpenReply,
    outcome: Outcome,
    window_until: Timestamp,
) -> Result<Prepared, WorkError> {
    let now = context.clock.now();
    match outcome {
        Outcome::Silence(reason) => {
            if reason == Reason::UnsentByCustomer {
                mark_unsent(transaction, reply).await?;
            }
            end_unsent(transaction, reply, after_waiting(reason, reply.wait_reason), now).await
        }
        Outcome::Wait { reason, until } => {
            let until = until.unwrap_or(window_until).max(now + Duration::from_millis(1));
            if wait(transaction, reply, Waiting { reason, until }).await? == Transition::Conflict {
                return Err(WorkError::Conflict);
            }
            tracing::debug!(reason = reason.as_str(), "the reply waits");
            context.due_at(until);
            Ok(Prepared::Done)
        }
        Outcome::Reply { .. } => Err(WorkError::Conflict),
    }
}

async fn end_unsent(
    transaction: &Transaction,
    reply: &OpenReply,
    reason: Reason,
    now: Timestamp,
) -> Result<Prepared, WorkError> {
    match settle(transaction, reply, &ReplyOutcome::NotSent(reason), now).await? {
        Transition::Applied => Ok(Prepared::Done),
        Transition::Conflict => Err(WorkError::Conflict),
    }
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
        Some(WaitReason::Confirming) => Reason::OutcomeUnknown,
        Some(WaitReason::AiUnavailable) => Reason::AiUnavailable,
        Some(WaitReason::Paused | WaitReason::RateLimited | WaitReason::Retrying) => Reason::Transient,
    }
}
