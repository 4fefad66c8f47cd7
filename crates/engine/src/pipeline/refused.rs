//! When the platform says no: what becomes of the reply, and of the account.

use std::time::Duration;

use domain::ids::{AccountId, ReplyId, TenantId};
use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;

use super::breaker::{Unspecific, proves_the_deployment};
use super::confirm::unknown_outcome;
use super::context::PipelineContext;
use super::outcome::{WorkError, back_to_composed, commit_waiting, fail, try_again, try_again_after};
use super::starting::{Outgoing, Unsendable};
use crate::accounts::{AccountCause, cause_of_dead_token, cause_of_permission, state};
use crate::channels::refusal::{Refusal, RefusalClass, SendError};
use crate::channels::{Sender, TokenCheck};
use crate::replies::{OpenReply, Waiting, make_due_for_deployment, make_lookup_due, take_back};
use crate::storage::{commit, repeat_while_busy};
use crate::vault::Sealed;

/// How long an account rests after the platform blocked it for its conduct.
const POLICY_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) async fn refused(context: &PipelineContext, outgoing: Outgoing, refusal: Refusal) -> Result<(), WorkError> {
    if proves_the_deployment(refusal) {
        deployment_accepted(context).await;
    }
    let reply = outgoing.reply;
    match refusal.class {
        RefusalClass::Transient => unknown_outcome(context, reply, false).await,
        RefusalClass::PresumedSent => unknown_outcome(context, reply, true).await,
        RefusalClass::OutsideWindow => fail(context, &reply, Reason::OutsideWindow).await,
        RefusalClass::RecipientUnavailable => fail(context, &reply, Reason::RecipientUnavailable).await,
        RefusalClass::Deployment => deployment_refused(context, reply, refusal).await,
        RefusalClass::BadRequest if refusal.names_nothing() => names_nothing(context, reply, refusal).await,
        RefusalClass::BadRequest => fail(context, &reply, Reason::BadRequest).await,
        RefusalClass::NotThreadOwner => fail(context, &reply, Reason::NotThreadOwner).await,
        RefusalClass::RateLimited { pause, app_wide } => {
            let transaction = context.database.begin().await?;
            let now = context.clock.now();
            let until = state::pause_for_rate_limit(&transaction, reply.account, pause, app_wide, now).await?;
            commit(transaction).await?;
            back_to_composed(context, reply, WaitReason::RateLimited, until).await
        }
        RefusalClass::PolicyBlock => {
            let transaction = context.database.begin().await?;
            let now = context.clock.now();
            state::pause_for_policy_block(&transaction, reply.account, now + POLICY_PAUSE, now).await?;
            commit(transaction).await?;
            tracing::error!(account.id = %reply.account, meta.code = refusal.code, "Meta blocked an account for its conduct");
            fail(context, &reply, Reason::PolicyBlock).await
        }
        RefusalClass::PermissionMissing => {
            let fault = AccountFault::NeedsAttention(cause_of_permission(refusal));
            mark_account(context, reply, outgoing.token, fault, outgoing.window_until).await
        }
        RefusalClass::TokenDead => token_dead(context, Outgoing { reply, ..outgoing }).await,
        RefusalClass::PageOrRecipientMissing => {
            page_or_recipient_missing(context, Outgoing { reply, ..outgoing }).await
        }
    }
}

/// Not the reply's fault, nor the account's: it waits with what it has.
async fn deployment_refused(context: &PipelineContext, reply: OpenReply, refusal: Refusal) -> Result<(), WorkError> {
    let until = context.breaker.deployment_refused(refusal, context.clock.now());
    back_to_composed(context, reply, WaitReason::DeploymentRefused, until).await
}

/// Meta takes app id and secret: the mistake is the reply's, unless those of other accounts are refused like it.
async fn names_nothing(context: &PipelineContext, reply: OpenReply, refusal: Refusal) -> Result<(), WorkError> {
    match context
        .breaker
        .names_nothing(refusal, reply.account, context.clock.now())
    {
        Unspecific::OfTheReply => fail(context, &reply, Reason::BadRequest).await,
        Unspecific::OfTheDeployment(until) => {
            back_to_composed(context, reply, WaitReason::DeploymentRefused, until).await
        }
    }
}

/// Meta takes this deployment: what waited for that is due.
pub(super) async fn deployment_accepted(context: &PipelineContext) {
    if context.breaker.accepted() {
        make_waiting_due(context).await;
    }
}

/// Meta answered a call that proves app id and secret, though it sent nothing.
pub(super) async fn secret_accepted(context: &PipelineContext) {
    if context.breaker.secret_accepted() {
        make_waiting_due(context).await;
    }
}

/// Meta answered for the account, about `read` if that was asked: the next reply of unknown outcome is asked about at once.
pub(super) async fn account_answered(context: &PipelineContext, account: AccountId, read: Option<ReplyId>) {
    let Some(next) = context.unread.answered(account, read) else {
        return;
    };
    let now = context.clock.now();
    match repeat_while_busy(|| make_lookup_due(context.database.writer(), next, now)).await {
        Ok(_) => context.due.add(now),
        // Its own time comes by the timetable.
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, reply.id = %next, "a reply of unknown outcome is not due yet");
        }
    }
}

/// It stays owed when the database does not take it: the sweep comes back to it. The reply that went through settles all the same.
pub(super) async fn make_waiting_due(context: &PipelineContext) {
    let now = context.clock.now();
    match repeat_while_busy(|| make_due_for_deployment(context.database.writer(), now)).await {
        Ok(due) => {
            context.breaker.made_due();
            tracing::info!(replies = due, "replies that waited for the deployment are due");
            context.due.add(now);
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(
                error,
                "replies that waited for the deployment are not due yet; the sweep tries again"
            );
        }
    }
}

/// One refusal can be a one-off outage of Meta's: the connection is only given up when `debug_token` agrees.
async fn token_dead(context: &PipelineContext, outgoing: Outgoing) -> Result<(), WorkError> {
    match context.channel.check_token(&outgoing.sender).await {
        Ok(TokenCheck::Invalid(reason)) => {
            let fault = AccountFault::NeedsReconnect(cause_of_dead_token(reason));
            mark_account(context, outgoing.reply, outgoing.token, fault, outgoing.window_until).await
        }
        Ok(TokenCheck::Valid { .. }) => {
            let reasons = (WaitReason::TokenRefused, Reason::TokenRefused);
            try_again_after(context, outgoing.reply, context.clock.now(), reasons).await
        }
        Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::Deployment => {
            deployment_refused(context, outgoing.reply, refusal).await
        }
        Err(_) => try_again(context, outgoing.reply).await,
    }
}

/// A read was refused for the token's sake. The account waits for a person; what became of the reply is still unknown.
pub(super) async fn read_found_token_dead(
    context: &PipelineContext,
    (tenant, account): (TenantId, AccountId),
    sender: &Sender,
    token: Option<&Sealed>,
) -> Result<(), WorkError> {
    let Ok(TokenCheck::Invalid(reason)) = context.channel.check_token(sender).await else {
        return Ok(());
    };
    let transaction = context.database.begin().await?;
    if state::has_token(&transaction, tenant, account, token).await? {
        let now = context.clock.now();
        state::mark_needs_reconnect(&transaction, account, cause_of_dead_token(reason), now).await?;
    }
    Ok(commit(transaction).await?)
}

/// Meta does not say which: the Page is asked for before the customer is blamed. Nothing was sent, so the reply can wait.
async fn page_or_recipient_missing(context: &PipelineContext, outgoing: Outgoing) -> Result<(), WorkError> {
    match context.channel.check_node(&outgoing.sender).await {
        Ok(()) => fail(context, &outgoing.reply, Reason::RecipientUnavailable).await,
        Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::PermissionMissing => {
            let fault = AccountFault::NeedsAttention(cause_of_permission(refusal));
            mark_account(context, outgoing.reply, outgoing.token, fault, outgoing.window_until).await
        }
        Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::TokenDead => {
            token_dead(context, outgoing).await
        }
        Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::Deployment => {
            deployment_refused(context, outgoing.reply, refusal).await
        }
        Err(_) => try_again(context, outgoing.reply).await,
    }
}

/// The reply keeps what is reserved for it and waits, composed, until the account is connected again.
pub(super) async fn token_unreadable(context: &PipelineContext, unsendable: Unsendable) -> Result<(), WorkError> {
    let fault = AccountFault::NeedsReconnect(AccountCause::TokenUnreadable);
    mark_account(
        context,
        unsendable.reply,
        unsendable.token,
        fault,
        unsendable.window_until,
    )
    .await
}

/// What a person has to mend.
enum AccountFault {
    NeedsReconnect(AccountCause),
    NeedsAttention(AccountCause),
}

/// The account waits for a person, and the reply with it: one commit under the account's lock, so that whoever connects it again
/// wakes this reply too. A connection made since the token was read is not to blame; then the reply is due at once.
async fn mark_account(
    context: &PipelineContext,
    mut reply: OpenReply,
    token: Option<Sealed>,
    fault: AccountFault,
    window_until: Timestamp,
) -> Result<(), WorkError> {
    let (account, now) = (reply.account, context.clock.now());
    let transaction = context.database.begin().await?;
    let waiting = if state::has_token(&transaction, reply.tenant, account, token.as_ref()).await? {
        let reason = match fault {
            AccountFault::NeedsReconnect(cause) => {
                state::mark_needs_reconnect(&transaction, account, cause, now).await?;
                WaitReason::NeedsReconnect
            }
            AccountFault::NeedsAttention(cause) => {
                state::mark_needs_attention(&transaction, account, cause, now).await?;
                WaitReason::NeedsAttention
            }
        };
        Waiting {
            reason,
            until: window_until,
        }
    } else {
        Waiting {
            reason: WaitReason::Retrying,
            until: now,
        }
    };
    let transition = take_back(&transaction, &mut reply, waiting).await?;
    commit_waiting(context, transaction, transition, waiting.until).await
}
