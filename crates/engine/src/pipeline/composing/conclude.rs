//! The second commit of an AI reply: everything is read again, and what changed while the AI was asked counts.

use std::time::Duration;

use domain::answer_checks::HeldBy;
use domain::decide::recheck_before_send;
use domain::limits::MAX_CANNED_BYTES;
use domain::reasons::{Reason, WaitReason};
use domain::rules::ResponseKind;
use domain::time::Timestamp;

use super::ask::Verdict;
use super::begin::fallback;
use super::instead::Instead;
use super::request::Request;
use super::{Claimed, Composing, retry};
use crate::ai::{AiError, TokenUsage, record_usage};
use crate::persona::{self, PromptOwner};
use crate::pipeline::applying::{apply_instead, apply_outcome};
use crate::pipeline::context::PipelineContext;
use crate::pipeline::deciding::Composed;
use crate::pipeline::facts::Facts;
use crate::pipeline::group::decide_again;
use crate::pipeline::outcome::{WorkError, applied};
use crate::pipeline::prepare::Prepared;
use crate::pipeline::starting::{Starting, start};
use crate::replies::{self, OpenReply, Waiting, settle_not_sent, wait};
use crate::storage::{StorageError, Transaction, commit};
use crate::vault::Content;

/// What to do about a verdict.
enum Next {
    /// Send these words.
    Send { text: Content, hand_over: bool },
    /// Ask the AI again, from what is approved now.
    AskAgain,
    /// The account's choice, or nothing.
    Instead(Instead),
    /// Later; or never, for this reason.
    Wait { after: Option<Duration>, or: Reason },
    /// When the AI has a turn for it.
    WaitForTurn,
    /// Never.
    Fail(Reason),
}

pub(super) async fn conclude(
    context: &PipelineContext,
    composing: Composing,
    verdict: Verdict,
    usage: Option<TokenUsage>,
) -> Result<Prepared, WorkError> {
    let Composing { mut claimed, request } = composing;
    let transaction = context.database.begin().await?;
    let now = context.clock.now();
    if let Some(usage) = usage {
        record_usage(&transaction, claimed.reply.tenant, usage, now).await?;
    }
    let facts = Facts::load(context, &transaction, &claimed.reply, now).await?;
    if let Some(outcome) = recheck_before_send(&facts.input(context.limits, None, None, now), claimed.reply.rule) {
        let window = facts.window_until;
        let done = apply_outcome(context, &transaction, &mut claimed.reply, outcome, window).await?;
        commit(transaction).await?;
        return Ok(done);
    }
    let next = next(&transaction, &mut claimed, &facts, &request, verdict, now).await?;
    let prepared = carry_out(context, &transaction, claimed, facts, next).await?;
    commit(transaction).await?;
    Ok(prepared)
}

async fn next(
    transaction: &Transaction,
    claimed: &mut Claimed,
    facts: &Facts,
    request: &Request,
    verdict: Verdict,
    now: Timestamp,
) -> Result<Next, StorageError> {
    let reply = &mut claimed.reply;
    // Who asks for a person gets one, also where the answer is held back.
    let leaves_to_person = facts.leaves_to_person(reply.rule);
    Ok(match verdict {
        Verdict::Good { text, hand_over } => {
            let text = Content::new(facts.disclosed(text.expose(), now));
            if !is_still_approved(transaction, reply, facts, request, now).await? {
                Next::AskAgain
            } else if text.expose().len() > MAX_CANNED_BYTES {
                // The line became due while the AI was asked.
                held(transaction, reply, HeldBy::TooLong, hand_over || leaves_to_person).await?
            } else {
                Next::Send { text, hand_over }
            }
        }
        Verdict::HandOver => Next::Instead(Instead::handed_over(reply.rule)),
        Verdict::Held { by, hand_over } => held(transaction, reply, by, hand_over || leaves_to_person).await?,
        // Asked for once more at once, later by the timetable.
        Verdict::Unreadable if reply.compose_attempts <= 1 => Next::AskAgain,
        Verdict::Unreadable => Next::Wait {
            after: None,
            or: Reason::AiUnavailable,
        },
        Verdict::NotAsked => Next::WaitForTurn,
        Verdict::Failed(AiError::Overflow) if request.has_memory() => {
            claimed.without_memory = true;
            Next::AskAgain
        }
        Verdict::Failed(AiError::Overflow) => Next::Fail(Reason::AiMisconfigured),
        Verdict::Failed(error) => Next::Wait {
            after: match error {
                AiError::Busy { after } => after,
                _ => None,
            },
            or: if error.is_configuration() {
                Reason::AiMisconfigured
            } else {
                Reason::AiUnavailable
            },
        },
    })
}

/// Once more with a sentence about what was wrong; the second time the account's choice.
async fn held(
    transaction: &Transaction,
    reply: &mut OpenReply,
    by: HeldBy,
    hand_over: bool,
) -> Result<Next, StorageError> {
    tracing::info!(held_by = by.as_str(), "an answer of the AI is held back");
    metrics::counter!("concierge_ai_held_total", "by" => by.as_str()).increment(1);
    if reply.held_by.is_none() && retry::sentence(by).is_some() {
        reply.held_by = Some(by);
        return Ok(Next::AskAgain);
    }
    if by == HeldBy::Empty {
        return Ok(Next::Fail(Reason::EmptyReply));
    }
    let choice = fallback(transaction, reply).await?;
    Ok(Next::Instead(Instead::chosen(choice, reply.rule, by, hand_over)))
}

/// Whether the request would be built from the same texts now.
async fn is_still_approved(
    transaction: &Transaction,
    reply: &OpenReply,
    facts: &Facts,
    request: &Request,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let same_persona = facts
        .persona()
        .is_some_and(|persona| persona.text == request.persona.text);
    let Some(prompt) = facts.ai_prompt_of(reply.rule).filter(|_| same_persona) else {
        return Ok(false);
    };
    let owner = PromptOwner::of(reply.account, reply.rule);
    let prompt = persona::prompt_in_use(transaction, reply.tenant, owner, prompt, now).await?;
    Ok(prompt.is_some_and(|prompt| prompt == request.prompt))
}

async fn carry_out(
    context: &PipelineContext,
    transaction: &Transaction,
    mut claimed: Claimed,
    facts: Facts,
    next: Next,
) -> Result<Prepared, WorkError> {
    match next {
        Next::Send { text, hand_over } => {
            let composed = Composed {
                rule: claimed.reply.rule,
                kind: ResponseKind::AiPrompt,
                text,
                held_by: None,
                hand_over,
            };
            let reply = claimed.reply;
            start(context, transaction, Starting { reply, facts, composed }).await
        }
        // Decided anew: a rule may have changed meanwhile. The credit is taken, so the balance cannot stand in the way.
        Next::AskAgain => Box::pin(decide_again(context, transaction, claimed)).await,
        Next::Instead(instead) => apply_instead(context, transaction, claimed.reply, facts, instead).await,
        Next::Wait { after, or } => wait_or_fail(context, transaction, &mut claimed.reply, after, or).await,
        Next::WaitForTurn => wait_for_turn(context, transaction, &mut claimed.reply).await,
        Next::Fail(reason) => fail(context, transaction, &claimed.reply, reason).await,
    }
}

async fn fail(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &OpenReply,
    reason: Reason,
) -> Result<Prepared, WorkError> {
    applied(settle_not_sent(transaction, reply, reason, context.clock.now()).await?)?;
    Ok(Prepared::Done)
}

async fn wait_for_turn(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &mut OpenReply,
) -> Result<Prepared, WorkError> {
    let Some(until) = context.next_turn(reply, context.clock.now()) else {
        return fail(context, transaction, reply, Reason::AiUnavailable).await;
    };
    applied(replies::wait_for_turn(transaction, reply, until).await?)?;
    tracing::debug!("the reply waits for its turn at the AI");
    context.due_at(until);
    Ok(Prepared::Done)
}

/// By the timetable of retries, counted in calls; no earlier than the provider asked for.
async fn wait_or_fail(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &mut OpenReply,
    after: Option<Duration>,
    or: Reason,
) -> Result<Prepared, WorkError> {
    let now = context.clock.now();
    let Some(due) = context.next_question(reply, now) else {
        return fail(context, transaction, reply, or).await;
    };
    let waiting = Waiting {
        reason: WaitReason::AiUnavailable,
        until: after.map_or(due, |after| due.max(now + after)),
    };
    applied(wait(transaction, reply, waiting).await?)?;
    context.due_at(waiting.until);
    Ok(Prepared::Done)
}
