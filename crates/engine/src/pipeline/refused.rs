//! When the platform says no: what becomes of the reply, and of the account.

use std::time::Duration;

use domain::reasons::{Reason, WaitReason};

use super::account_states::{self, AccountCause};
use super::begin::Outgoing;
use super::confirm::unknown_outcome;
use super::context::PipelineContext;
use super::deliver::{back_to_composed, fail, try_again};
use super::work::WorkError;
use crate::channels::TokenCheck;
use crate::channels::refusal::{Refusal, RefusalClass};
use crate::storage::StorageError;

/// How long an account rests after the platform blocked it for its conduct.
const POLICY_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) async fn refused(context: &PipelineContext, outgoing: Outgoing, refusal: Refusal) -> Result<(), WorkError> {
    let reply = outgoing.reply;
    match refusal.class {
        RefusalClass::Transient => unknown_outcome(context, reply, false).await,
        RefusalClass::PresumedSent => unknown_outcome(context, reply, true).await,
        RefusalClass::OutsideWindow => fail(context, &reply, Reason::OutsideWindow).await,
        RefusalClass::RecipientUnavailable => fail(context, &reply, Reason::RecipientUnavailable).await,
        RefusalClass::BadRequest => fail(context, &reply, Reason::BadRequest).await,
        RefusalClass::NotThreadOwner => fail(context, &reply, Reason::NotThreadOwner).await,
        RefusalClass::RateLimited { pause, app_wide } => {
            let transaction = context.database.begin().await?;
            let now = context.clock.now();
            let until = account_states::rate_limited(&transaction, reply.account, pause, app_wide, now).await?;
            transaction.commit().await.map_err(StorageError::from)?;
            back_to_composed(context, reply, WaitReason::RateLimited, until).await
        }
        RefusalClass::PolicyBlock => {
            let transaction = context.database.begin().await?;
            let now = context.clock.now();
            account_states::policy_block(&transaction, reply.account, now + POLICY_PAUSE, now).await?;
            transaction.commit().await.map_err(StorageError::from)?;
            tracing::error!(account.id = %reply.account, meta.code = refusal.code, "Meta blocked an account for its conduct");
            fail(context, &reply, Reason::PolicyBlock).await
        }
        RefusalClass::PermissionMissing => {
            let transaction = context.database.begin().await?;
            let cause = AccountCause::of_permission(refusal);
            account_states::needs_attention(&transaction, reply.account, cause, context.clock.now()).await?;
            transaction.commit().await.map_err(StorageError::from)?;
            back_to_composed(context, reply, WaitReason::NeedsAttention, outgoing.window_until).await
        }
        // One refusal can be a one-off outage of Meta's: the connection is only given up when `debug_token` agrees.
        RefusalClass::TokenDead => match context.channel.check_token(&outgoing.sender).await {
            Ok(TokenCheck::Invalid(reason)) => {
                let transaction = context.database.begin().await?;
                let cause = AccountCause::of_dead_token(reason);
                account_states::needs_reconnect(&transaction, reply.account, cause, context.clock.now()).await?;
                transaction.commit().await.map_err(StorageError::from)?;
                back_to_composed(context, reply, WaitReason::NeedsReconnect, outgoing.window_until).await
            }
            Ok(TokenCheck::Valid { .. }) | Err(_) => try_again(context, reply).await,
        },
    }
}
