//! The one place that writes `accounts.status`: connected, paused, needing attention or a reconnect, disconnected.
//!
//! One change per problem, not one per message.

use std::time::Duration;

use domain::accounts::AccountStatus;
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Value};
use uuid::Uuid;

use super::AccountCause;
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::{Sealed, SealedPurpose, store};

const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE_STEP: u32 = 6;
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

pub(crate) async fn mark_needs_reconnect<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    set_status(transaction, account, "needs_reconnect", cause, None, now).await
}

pub(crate) async fn mark_needs_attention<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    set_status(transaction, account, "needs_attention", cause, None, now).await
}

pub(crate) async fn pause_for_policy_block<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StorageError> {
    set_status(
        transaction,
        account,
        "paused",
        AccountCause::PolicyBlock,
        Some(until),
        now,
    )
    .await
}

/// An account in a worse state keeps it: a pause never hides a dead token, and a short one never shortens a long one.
async fn set_status<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    status: &'static str,
    cause: AccountCause,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text =
        "UPDATE accounts SET status = $1, status_cause = $2, paused_until = $3, status_since = $4, updated_at = $4
        WHERE id = $5 AND status <> 'disconnected' AND (status <> $1 OR status_cause <> $2 OR paused_until <> $3)
            AND ($1 <> 'paused' OR status = 'connected' OR (status = 'paused' AND paused_until < $3))";
    let values: [Value; 5] = [
        status.into(),
        cause.as_str().into(),
        until.map(Timestamp::as_millis).into(),
        now.as_millis().into(),
        account.as_uuid().into(),
    ];
    if sql::execute(transaction, text, values).await? > 0 {
        tracing::warn!(account.id = %account, account.status = status, account.cause = cause.as_str(), "an account changed its state");
    }
    Ok(())
}

/// Pauses the account, or every account when the whole app is over its limit; returns until when. Without a word from the
/// platform the pause doubles from one minute to an hour: once per throttle, not once per reply that was on its way.
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
    set_status(
        transaction,
        account,
        "paused",
        AccountCause::RateLimited,
        Some(until),
        now,
    )
    .await?;
    if app_wide {
        let text = "UPDATE accounts SET status = 'paused', status_cause = $1, paused_until = $2, status_since = $3,
                updated_at = $3 WHERE status = 'connected' OR (status = 'paused' AND paused_until < $2)";
        let cause = AccountCause::RateLimited.as_str();
        sql::execute(
            transaction,
            text,
            [cause.into(), until.as_millis().into(), now.as_millis().into()],
        )
        .await?;
    }
    Ok(until)
}

#[derive(FromQueryResult)]
struct LockedRow {
    #[expect(dead_code, reason = "only the lock matters")]
    id: Uuid,
}

/// Locks the account, or all of them in the order of their ids, so that two servers that pause them do not wait for each other.
async fn lock_accounts(transaction: &Transaction, account: AccountId, all: bool) -> Result<(), StorageError> {
    if transaction.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    let text = "SELECT id FROM accounts WHERE $2 OR id = $1 ORDER BY id FOR NO KEY UPDATE";
    sql::all::<LockedRow, _>(transaction, text, [account.as_uuid().into(), all.into()]).await?;
    Ok(())
}

/// Locks the account's row, and tells whether its connection is the one that `token` was read of.
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

#[derive(FromQueryResult)]
struct PausedRow {
    paused_until: i64,
}

async fn present_pause(
    transaction: &Transaction,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StorageError> {
    let text = "SELECT paused_until FROM accounts WHERE id = $1 AND status = 'paused' AND paused_until > $2";
    let values = [account.as_uuid().into(), now.as_millis().into()];
    let row = sql::optional::<PausedRow, _>(transaction, text, values).await?;
    Ok(row.map(|row| Timestamp::from_millis(row.paused_until)))
}

#[derive(FromQueryResult)]
struct StepRow {
    pause_step: i64,
}

async fn next_pause(transaction: &Transaction, account: AccountId) -> Result<Duration, StorageError> {
    let text = "UPDATE accounts SET pause_step = pause_step + 1 WHERE id = $1 RETURNING pause_step";
    let row = sql::optional::<StepRow, _>(transaction, text, [account.as_uuid().into()]).await?;
    let step = row.map_or(1, |row| u32::try_from(row.pause_step).unwrap_or(u32::MAX));
    let doubled = FIRST_PAUSE * 2u32.pow(step.saturating_sub(1).min(LONGEST_PAUSE_STEP));
    Ok(doubled.min(LONGEST_PAUSE))
}

/// Ends pauses that are over.
pub(crate) async fn end_pauses<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let over = "status = 'paused' AND paused_until <= $1";
    let text = format!(
        "UPDATE accounts SET status = 'connected', status_cause = NULL, paused_until = NULL, status_since = $1,
            updated_at = $1 WHERE {over} AND id IN ({})",
        unlocked_accounts(connection, over)
    );
    sql::execute(connection, text, [now.as_millis().into()]).await
}

/// The platform took a reply: the next throttle starts from the shortest pause again.
pub(crate) async fn reset_pauses<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let text = format!(
        "UPDATE accounts SET pause_step = 0 WHERE pause_step > 0 AND status = 'connected' AND EXISTS (
            SELECT 1 FROM replies r WHERE r.account_id = accounts.id AND r.state = 'sent'
                AND r.settled_at >= accounts.status_since AND r.settled_at <= $1) AND id IN ({})",
        unlocked_accounts(connection, "pause_step > 0")
    );
    sql::execute(connection, text, [now.as_millis().into()]).await
}

/// Selects the accounts that nobody is changing: the sweeper waits for none, the next sweep finds the others.
fn unlocked_accounts<C: ConnectionTrait>(connection: &C, condition: &str) -> String {
    let lock = match connection.get_database_backend() {
        DatabaseBackend::Postgres => "FOR NO KEY UPDATE SKIP LOCKED",
        _ => "",
    };
    format!("SELECT id FROM accounts WHERE {condition} {lock}")
}

/// Ends a pause for conduct before its time, after a check that found nothing wrong; whether Meta still blocks shows the next
/// send. Returns whether there was such a pause.
pub(crate) async fn lift_policy_block<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let text = "UPDATE accounts SET status = 'connected', status_cause = NULL, paused_until = NULL, status_since = $1,
            updated_at = $1 WHERE id = $2 AND status = 'paused' AND status_cause = $3";
    let cause = AccountCause::PolicyBlock.as_str();
    let values = [now.as_millis().into(), account.as_uuid().into(), cause.into()];
    Ok(sql::execute(transaction, text, values).await? > 0)
}

/// A check proved that what the account needed is there again.
pub(crate) async fn mark_connected<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text = "UPDATE accounts SET status = 'connected', status_cause = NULL, paused_until = NULL, status_since = $1,
            updated_at = $1 WHERE id = $2 AND status IN ('needs_reconnect', 'needs_attention')";
    sql::execute(transaction, text, [now.as_millis().into(), account.as_uuid().into()]).await?;
    Ok(())
}

/// The account was connected again: what earlier checks found is about a token that is gone.
pub(crate) async fn mark_reconnected<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text = "UPDATE accounts SET status = 'connected', status_cause = NULL, status_since = $2, paused_until = NULL,
            token_checked_at = NULL, token_expires_at = NULL, data_access_expires_at = NULL,
            version = version + 1, updated_at = $2
        WHERE id = $1";
    sql::execute(transaction, text, [account.as_uuid().into(), now.as_millis().into()]).await?;
    Ok(())
}

/// The connection ended. `cause` is none when a person ended it here.
pub(crate) async fn mark_disconnected<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    cause: Option<AccountCause>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text = "UPDATE accounts SET status = 'disconnected', status_cause = $2, paused_until = NULL, status_since = $3,
            token_expires_at = NULL, data_access_expires_at = NULL, updated_at = $3
        WHERE id = $1 AND status <> 'disconnected'";
    let cause = cause.map(|cause| cause.as_str().to_owned());
    let values = [account.as_uuid().into(), cause.into(), now.as_millis().into()];
    sql::execute(transaction, text, values).await?;
    Ok(())
}

/// The status as stored, with the date of a pause.
pub(crate) fn account_status(name: &str, paused_until: Option<i64>) -> Result<AccountStatus, StorageError> {
    Ok(match (name, paused_until) {
        ("connected", _) => AccountStatus::Connected,
        ("needs_reconnect", _) => AccountStatus::NeedsReconnect,
        ("needs_attention", _) => AccountStatus::NeedsAttention,
        ("paused", Some(until)) => AccountStatus::Paused {
            until: Timestamp::from_millis(until),
        },
        ("disconnected", _) => AccountStatus::Disconnected,
        _ => return Err(StorageError::Corrupt("status of an account")),
    })
}
