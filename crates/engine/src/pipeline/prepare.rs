//! The first commit of a reply: claim, decide, compose, `sending`, and last the credit.

use std::time::Duration;

use domain::decide::{Outcome, decide, recheck_before_send};
use domain::ids::{ConversationId, RuleId, TenantId};
use domain::messages::MessageKind;
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::rules::{Response, ResponseKind};
use domain::time::Timestamp;
use secrecy::SecretString;
use tokio::time::Instant;

use super::context::PipelineContext;
use super::facts::{Facts, words_purpose};
use super::outcome::{WorkError, applied};
use super::sql::CHANGE_KIND;
use crate::channels::{Sender, SendingIds};
use crate::credits::{Reservation, reserve, write_off_expired};
use crate::replies::{OpenReply, ReplyOutcome, Waiting, claim_next, settle, start_sending, wait};
use crate::storage::{StorageError, Transaction, commit, sql};
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{Content, Sealed, SealedPurpose};

/// A reply on its way out.
pub(super) struct Outgoing {
    pub(super) reply: OpenReply,
    pub(super) sender: Sender,
    /// The sender's token as it was read: a refusal says nothing about a newer one.
    pub(super) token: Option<Sealed>,
    pub(super) customer: String,
    pub(super) text: Content,
    pub(super) window_until: Timestamp,
    pub(super) claimed_at: Instant,
}

/// A reply that cannot go out for want of a token.
pub(super) struct Unsendable {
    pub(super) reply: OpenReply,
    /// As it was read.
    pub(super) token: Option<Sealed>,
    pub(super) window_until: Timestamp,
}

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
        commit(transaction).await?;
        return Ok(Prepared::Confirm(reply));
    }
    let tenant = reply.tenant;
    match prepare_claimed(context, &transaction, reply, claimed_at).await? {
        Some(next) => {
            commit(transaction).await?;
            Ok(next)
        }
        None => {
            transaction.rollback().await.map_err(StorageError::from)?;
            settle_balance(context, tenant).await?;
            Ok(Prepared::Done)
        }
    }
}

/// The balance that was read had expired or was taken meanwhile: with what has expired written off, the reply is decided again.
async fn settle_balance(context: &PipelineContext, tenant: TenantId) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    write_off_expired(&transaction, tenant, context.clock.now()).await?;
    Ok(commit(transaction).await?)
}

/// `None`: no credit could be taken, although there seemed to be one.
async fn prepare_claimed(
    context: &PipelineContext,
    transaction: &Transaction,
    mut reply: OpenReply,
    claimed_at: Instant,
) -> Result<Option<Prepared>, WorkError> {
    let now = context.clock.now();
    let facts = Facts::load(&context.configs, transaction, &reply, now).await?;
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
    applied(start_sending(transaction, &mut reply, composed.rule, composed.kind, now).await?)?;
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

/// Where and with which token to send; `None` when the token cannot be opened, which must never look like Meta's fault.
pub(super) fn sender_with(
    context: &PipelineContext,
    reply: &OpenReply,
    ids: Option<SendingIds>,
    token: Option<&Sealed>,
) -> Option<Sender> {
    let (ids, token) = ids.zip(token)?;
    let (purpose, owner) = (SealedPurpose::PageToken, reply.account.as_uuid());
    match store::unseal(&context.vault, purpose, reply.tenant, owner, token) {
        Ok(token) => Some(Sender {
            ids,
            token: SecretString::from(token.expose().to_owned()),
        }),
        Err(error) => {
            tracing::error!(account.id = %reply.account, error = &error as &dyn std::error::Error, "a token cannot be opened");
            None
        }
    }
}

/// A reply that was composed before keeps its words: only the gates are looked at again.
fn resume(context: &PipelineContext, reply: &OpenReply, facts: &Facts, now: Timestamp) -> Decided {
    if let Some(outcome) = recheck_before_send(&facts.input(context.limits, None, now)) {
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
    let decision = decide(&facts.input(context.limits, text.as_ref(), now));
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
            let skipped = ReplyOutcome::NotSent(after_waiting(reason, reply.wait_reason));
            applied(settle(transaction, reply, &skipped, now).await?)?;
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
        Some(WaitReason::Confirming) => Reason::OutcomeUnknown,
        Some(WaitReason::AiUnavailable) => Reason::AiUnavailable,
        Some(WaitReason::Paused | WaitReason::RateLimited | WaitReason::Retrying) => Reason::Transient,
    }
}
