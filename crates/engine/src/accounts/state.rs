//! The one place that writes `accounts.status`: connected, paused, needing attention or a reconnect, disconnected.
//!
//! One change per problem, not one per message.

use std::time::Duration;

use domain::accounts::{AccountCause, AccountStatus, AccountStatusKind};
use domain::ids::{AccountId, TenantId};
use domain::messages::{Author, Direction};
use domain::time::Timestamp;

use super::sql::{
    END_PAUSES, LIFT_PAUSE, LOCK_ACCOUNTS, MARK_CONNECTED, MARK_DISCONNECTED, MARK_RECONNECTED, NEXT_PAUSE_STEP,
    PAUSE_ALL, PRESENT_PAUSE, RESET_PAUSES, SET_STATUS, TENANT_OF_ACCOUNT,
};
use crate::outgoing_webhooks::{self, NewWebhook};
use crate::storage::{Connection, StorageError, Transaction, has_row_locks, sql};
use crate::vault::{Sealed, SealedPurpose, store};

const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE_STEP: u32 = 6;
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

pub(crate) async fn mark_needs_reconnect<C: Connection>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    let status = AccountStatus::NeedsReconnect;
    set_status(transaction, account, status, cause, now).await
}

pub(crate) async fn mark_needs_attention<C: Connection>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    let status = AccountStatus::NeedsAttention;
    set_status(transaction, account, status, cause, now).await
}

pub(crate) async fn pause_for_policy_block<C: Connection>(
    transaction: &C,
    account: AccountId,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StorageError> {
    let status = AccountStatus::Paused { until };
    set_status(transaction, account, status, AccountCause::PolicyBlock, now).await
}

/// An account in a worse state keeps it.
async fn set_status<C: Connection>(
    transaction: &C,
    account: AccountId,
    status: AccountStatus,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    let until = match status {
        AccountStatus::Paused { until } => Some(until),
        _ => None,
    };
    let values = [
        status.kind().into(),
        cause.into(),
        until.into(),
        now.into(),
        account.into(),
        AccountStatusKind::Disconnected.into(),
        AccountStatusKind::Paused.into(),
        AccountStatusKind::Connected.into(),
    ];
    if sql::execute(transaction, SET_STATUS, values).await? > 0 {
        if matches!(status, AccountStatus::NeedsReconnect) {
            tell_webhooks(transaction, account, cause, now).await?;
        }
        let status = status.kind().as_str();
        tracing::warn!(account.id = %account, account.status = status, account.cause = cause.as_str(), "an account changed its state");
    }
    Ok(())
}

async fn tell_webhooks<C: Connection>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    let tenant: Option<TenantId> = sql::value(transaction, TENANT_OF_ACCOUNT, [account.into()]).await?;
    let told = tenant.map(|tenant| NewWebhook::account_needs_reconnect(tenant, account, cause.as_str()));
    outgoing_webhooks::record(transaction, told.as_slice(), now).await
}

/// Pauses the account, or every account when the whole app is over its limit; returns until when. When the platform names no
/// time, the pause doubles from one minute to an hour: once per throttle, not once per reply that was on its way.
pub(crate) async fn pause_for_rate_limit(
    transaction: &Transaction,
    account: AccountId,
    pause: Option<Duration>,
    app_wide: bool,
    now: Timestamp,
) -> Result<Timestamp, StorageError> {
    lock_accounts(transaction, account, app_wide).await?;
    let until = match (pause, present_pause(transaction, account, now).await?) {
        (None, Some(present)) => present,
        (Some(named), Some(present)) => present.max(now + named),
        (named, None) => {
            let doubled = next_pause(transaction, account).await?;
            now + named.unwrap_or(doubled)
        }
    };
    let cause = AccountCause::RateLimited;
    set_status(transaction, account, AccountStatus::Paused { until }, cause, now).await?;
    if app_wide {
        let (paused, connected) = (AccountStatusKind::Paused, AccountStatusKind::Connected);
        let values = [paused.into(), cause.into(), until.into(), now.into(), connected.into()];
        sql::execute(transaction, PAUSE_ALL, values).await?;
    }
    Ok(until)
}

async fn lock_accounts(transaction: &Transaction, account: AccountId, all: bool) -> Result<(), StorageError> {
    if has_row_locks(transaction) {
        sql::values::<AccountId, _>(transaction, LOCK_ACCOUNTS, [account.into(), all.into()]).await?;
    }
    Ok(())
}

/// Locks the account's row, and tells whether `token` is still its present one.
pub(crate) async fn has_token(
    transaction: &Transaction,
    tenant: TenantId,
    account: AccountId,
    token: Option<&Sealed>,
) -> Result<bool, StorageError> {
    lock_accounts(transaction, account, false).await?;
    let present = store::sealed(transaction, SealedPurpose::PageToken, tenant, account.as_uuid()).await?;
    Ok(present.as_ref() == token)
}

async fn present_pause(
    transaction: &Transaction,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StorageError> {
    let values = [account.into(), AccountStatusKind::Paused.into(), now.into()];
    sql::value(transaction, PRESENT_PAUSE, values).await
}

async fn next_pause(transaction: &Transaction, account: AccountId) -> Result<Duration, StorageError> {
    let step = sql::value::<i64, _>(transaction, NEXT_PAUSE_STEP, [account.into()]).await?;
    let step = step.map_or(1, |step| u32::try_from(step).unwrap_or(u32::MAX));
    let doubled = FIRST_PAUSE * 2u32.pow(step.saturating_sub(1).min(LONGEST_PAUSE_STEP));
    Ok(doubled.min(LONGEST_PAUSE))
}

/// Ends pauses that are over.
pub(crate) async fn end_pauses<C: Connection>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let (connected, paused) = (AccountStatusKind::Connected, AccountStatusKind::Paused);
    sql::execute(connection, END_PAUSES, [connected.into(), now.into(), paused.into()]).await
}

/// The platform took a reply: the next throttle starts from the shortest pause again.
pub(crate) async fn reset_pauses<C: Connection>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let (direction, author) = (Direction::Outbound, Author::Concierge);
    let values = [
        AccountStatusKind::Connected.into(),
        now.into(),
        direction.into(),
        author.into(),
    ];
    sql::execute(connection, RESET_PAUSES, values).await
}

/// Ends a pause for conduct before its time, after a check that found nothing wrong; whether Meta still blocks shows the next
/// send. Returns whether there was such a pause.
pub(crate) async fn lift_policy_block<C: Connection>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let values = [
        AccountStatusKind::Connected.into(),
        now.into(),
        account.into(),
        AccountStatusKind::Paused.into(),
        AccountCause::PolicyBlock.into(),
    ];
    Ok(sql::execute(transaction, LIFT_PAUSE, values).await? > 0)
}

/// A check proved that what the account needed is there again.
pub(crate) async fn mark_connected<C: Connection>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let values = [
        AccountStatusKind::Connected.into(),
        now.into(),
        account.into(),
        AccountStatusKind::NeedsReconnect.into(),
        AccountStatusKind::NeedsAttention.into(),
    ];
    sql::execute(transaction, MARK_CONNECTED, values).await?;
    Ok(())
}

/// The account was connected again: what earlier checks found is about a token that is gone.
pub(crate) async fn mark_reconnected<C: Connection>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let values = [AccountStatusKind::Connected.into(), now.into(), account.into()];
    sql::execute(transaction, MARK_RECONNECTED, values).await?;
    Ok(())
}

/// The connection ended. `cause` is none when a person ended it here.
pub(crate) async fn mark_disconnected<C: Connection>(
    transaction: &C,
    account: AccountId,
    cause: Option<AccountCause>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let values = [
        AccountStatusKind::Disconnected.into(),
        cause.into(),
        now.into(),
        account.into(),
    ];
    sql::execute(transaction, MARK_DISCONNECTED, values).await?;
    Ok(())
}
