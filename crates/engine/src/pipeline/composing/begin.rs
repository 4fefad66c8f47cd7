//! The first commit of an AI reply: the request is built from what is approved at this moment, and the reply is `reserved`.

use domain::ai_fallback::AiFallback;
use domain::answer_checks::HeldBy;
use domain::ids::RuleId;
use domain::time::Timestamp;

use super::request::{Parts, Request};
use super::{Claimed, Composing, Instead};
use crate::memory;
use crate::persona::{self, PromptOwner};
use crate::pipeline::context::PipelineContext;
use crate::pipeline::facts::Facts;
use crate::pipeline::outcome::{WorkError, applied};
use crate::pipeline::sql::{AI_SETTINGS, AiSettingsRow};
use crate::replies::{OpenReply, start_composing};
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::Content;

/// An AI prompt that won.
pub(in crate::pipeline) struct Winner {
    pub(in crate::pipeline) rule: Option<RuleId>,
    /// As the rule says it now; what is used may be an earlier, approved text.
    pub(in crate::pipeline) prompt: String,
    pub(in crate::pipeline) message: Content,
}

/// What begins.
pub(in crate::pipeline) enum Begun {
    /// A call to the AI, when this is committed.
    Asking(Box<Composing>),
    /// No call: what happens in its place.
    Instead(Instead),
}

/// Builds the request and moves the reply to `reserved`; its credit is the caller's.
pub(in crate::pipeline) async fn begin(
    context: &PipelineContext,
    transaction: &Transaction,
    mut claimed: Claimed,
    facts: &Facts,
    winner: Winner,
    now: Timestamp,
) -> Result<Begun, WorkError> {
    let reply = &claimed.reply;
    let (tenant, account) = (reply.tenant, reply.account);
    let settings = settings(transaction, reply).await?;
    if !context.ai_has_budget(transaction, tenant, now).await? {
        let instead = Instead::chosen(settings.ai_fallback, winner.rule, HeldBy::Budget, false);
        return Ok(Begun::Instead(instead));
    }
    let owner = PromptOwner::of(account, winner.rule);
    let prompt = persona::prompt_in_use(transaction, tenant, owner, &winner.prompt, now).await?;
    let (Some(persona), Some(prompt)) = (facts.persona().cloned(), prompt) else {
        // Withdrawn by another server since the decision.
        return Ok(Begun::Instead(Instead::prompt_not_approved(winner.rule)));
    };
    let memory = match reply.remembers && !claimed.without_memory {
        true => memory::turns(transaction, &context.vault, tenant, reply.conversation, now).await?,
        false => Vec::new(),
    };
    let request = Request::new(Parts {
        persona,
        prompt,
        held_by: reply.held_by,
        memory,
        message: winner.message,
        own_handles: settings.handles(),
        disclosure: facts.due_disclosure(now).map(str::to_owned),
    });
    let (claimant, clock) = (&context.claimant, context.clock.as_ref());
    applied(start_composing(transaction, &mut claimed.reply, winner.rule, claimant, clock).await?)?;
    Ok(Begun::Asking(Box::new(Composing { claimed, request })))
}

/// What the account does when no answer may be sent.
pub(super) async fn fallback(transaction: &Transaction, reply: &OpenReply) -> Result<AiFallback, StorageError> {
    Ok(settings(transaction, reply).await?.ai_fallback)
}

async fn settings(transaction: &Transaction, reply: &OpenReply) -> Result<AiSettingsRow, StorageError> {
    sql::optional(transaction, AI_SETTINGS, [reply.account.into()])
        .await?
        .ok_or(StorageError::Corrupt("account of a reply"))
}
