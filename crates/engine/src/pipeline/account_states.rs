//! What an account's refusals make of it: reconnect, attention, pause. One change per problem, not one per message.

use std::time::Duration;

use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Value};
use uuid::Uuid;

use crate::channels::refusal::Refusal;
use crate::replies::OpenReply;
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::{Sealed, SealedPurpose, store};

const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE_STEP: u32 = 6;
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

macro_rules! causes {
    ($( $(#[$meta:meta])* $Name:ident = $text:literal => $sentence:literal ),+ $(,)?) => {
        /// Why an account cannot send; stored by name, shown as a sentence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AccountCause { $( $(#[$meta])* $Name ),+ }

        impl AccountCause {
            /// All causes.
            pub const ALL: &'static [Self] = &[$( Self::$Name ),+];

            /// The name in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$Name => $text ),+ }
            }

            /// What happened and what to do, for the admin.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $( Self::$Name => $sentence ),+ }
            }
        }
    };
}

causes! {
    /// 190/463.
    TokenExpired = "token_expired" => "The connection has expired. Connect the account again.",
    /// 190/460.
    PasswordChanged = "password_changed" => "The Facebook password was changed, which ends the connection. Connect the account again.",
    /// 190/458.
    AppRemoved = "app_removed" => "The app was removed in Facebook's settings. Connect the account again.",
    /// 190/492.
    RoleLost = "role_lost" => "The person who connected has no role on the Page any more. Somebody with a role must connect it again.",
    /// 190/459.
    Checkpoint = "checkpoint" => "Facebook asks the person who connected to sign in at facebook.com first. Then connect the account again.",
    /// 190/464.
    UserUnconfirmed = "user_unconfirmed" => "The Facebook account of the person who connected is not confirmed. Confirm it, then connect again.",
    /// Any other 190, 102 or 2500.
    TokenInvalid = "token_invalid" => "Meta no longer accepts the connection. Connect the account again.",
    /// Our own keys cannot open it.
    TokenUnreadable = "token_unreadable" => "The stored connection cannot be opened: its encryption key is missing. Your operator has to add the key, or connect the account again.",
    /// 200/2534041.
    MessageAccessOff = "message_access_off" => "“Allow access to messages” is off in the Instagram app: Settings, Messages and story replies, Message controls, Connected tools.",
    /// 10/2534077.
    LinkUnverified = "link_unverified" => "Meta cannot verify the link between the Instagram account, the Page and the person. Check two-factor authentication and the link in the Page's settings.",
    /// 100/33 about the Page.
    PageGone = "page_gone" => "Meta does not find the Page, or it is closed to the person who connected. If it still exists, connect the account again.",
    /// 100/2534013.
    PageUnlinked = "page_unlinked" => "The Page is not linked to the Instagram account any more. Link them again in the Page's settings.",
    /// The Page names another Instagram account than ours.
    LinkChanged = "link_changed" => "The Page is linked to another Instagram account now. Link it back in the Page's settings, or connect the account again through its present Page.",
    /// `subscribed_apps` does not list us, and subscribing again did not help.
    NotSubscribed = "not_subscribed" => "Meta does not send us the messages of this Page, and subscribing again did not help. Connect the account again and leave every permission ticked.",
    /// The person who connected asked Meta to delete their data.
    DataDeleted = "data_deleted" => "The person who connected this account asked Meta to delete their data. Somebody with a role on the Page can connect it again.",
    /// 36103.
    NotEligible = "not_eligible" => "Instagram does not allow this account to use the API yet. It must be a professional account.",
    /// Any other missing permission.
    PermissionMissing = "permission_missing" => "Meta says a permission is missing. Connect the account again and leave every permission ticked.",
    /// A throttle.
    RateLimited = "rate_limited" => "Instagram asked us to slow down. Replies go out by themselves when the pause is over.",
    /// 368 and its kind.
    PolicyBlock = "policy_block" => "Meta blocked sending for this account. Read Meta's notice in the Page's support inbox.",
}

impl AccountCause {
    /// Whether a check that finds nothing wrong proves that the cause is gone. The others show only when something is sent.
    pub(crate) const fn shows_in_a_check(self) -> bool {
        !matches!(
            self,
            Self::MessageAccessOff | Self::LinkUnverified | Self::NotEligible | Self::PermissionMissing
        )
    }

    pub(crate) const fn of_dead_token(refusal: Refusal) -> Self {
        match refusal.subcode {
            458 => Self::AppRemoved,
            459 => Self::Checkpoint,
            460 => Self::PasswordChanged,
            463 => Self::TokenExpired,
            464 => Self::UserUnconfirmed,
            492 => Self::RoleLost,
            _ => Self::TokenInvalid,
        }
    }

    pub(crate) const fn of_permission(refusal: Refusal) -> Self {
        match (refusal.code, refusal.subcode) {
            (200, 2_534_041) => Self::MessageAccessOff,
            (10, 2_534_077) => Self::LinkUnverified,
            (100, 33) => Self::PageGone,
            (100, 2_534_013) => Self::PageUnlinked,
            (36_103, _) => Self::NotEligible,
            _ => Self::PermissionMissing,
        }
    }
}

impl std::str::FromStr for AccountCause {
    type Err = StorageError;

    fn from_str(name: &str) -> Result<Self, StorageError> {
        Self::ALL
            .iter()
            .copied()
            .find(|cause| cause.as_str() == name)
            .ok_or(StorageError::Corrupt("cause of a status"))
    }
}

pub(crate) async fn needs_reconnect<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    change(transaction, account, "needs_reconnect", cause, None, now).await
}

pub(crate) async fn needs_attention<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    cause: AccountCause,
    now: Timestamp,
) -> Result<(), StorageError> {
    change(transaction, account, "needs_attention", cause, None, now).await
}

pub(super) async fn policy_block<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StorageError> {
    change(
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
async fn change<C: ConnectionTrait>(
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
pub(super) async fn rate_limited(
    transaction: &Transaction,
    account: AccountId,
    pause: Option<Duration>,
    app_wide: bool,
    now: Timestamp,
) -> Result<Timestamp, StorageError> {
    hold(transaction, account, app_wide).await?;
    let until = match (pause, present_pause(transaction, account, now).await?) {
        (None, Some(present)) => present,
        (Some(named), Some(present)) => present.max(now + named),
        (named, None) => {
            let doubled = next_pause(transaction, account).await?;
            now + named.unwrap_or(doubled)
        }
    };
    change(
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
struct HeldRow {
    #[expect(dead_code, reason = "only the lock matters")]
    id: Uuid,
}

/// Locks the account, or all of them in the order of their ids, so that two servers that pause them do not wait for each other.
async fn hold(transaction: &Transaction, account: AccountId, all: bool) -> Result<(), StorageError> {
    if transaction.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    let text = "SELECT id FROM accounts WHERE $2 OR id = $1 ORDER BY id FOR NO KEY UPDATE";
    sql::all::<HeldRow, _>(transaction, text, [account.as_uuid().into(), all.into()]).await?;
    Ok(())
}

/// Holds the account's row, and tells whether its connection is the one that `token` was read of.
pub(super) async fn still_has(
    transaction: &Transaction,
    reply: &OpenReply,
    token: Option<Sealed>,
) -> Result<bool, StorageError> {
    hold(transaction, reply.account, false).await?;
    let owner = reply.account.as_uuid();
    let present = store::sealed(transaction, SealedPurpose::PageToken, reply.tenant, owner).await?;
    Ok(present == token)
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
pub(super) async fn end_pauses<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let over = "status = 'paused' AND paused_until <= $1";
    let text = format!(
        "UPDATE accounts SET status = 'connected', status_cause = NULL, paused_until = NULL, status_since = $1,
            updated_at = $1 WHERE {over} AND id IN ({})",
        at_rest(connection, over)
    );
    sql::execute(connection, text, [now.as_millis().into()]).await
}

/// The platform took a reply: the next throttle starts from the shortest pause again.
pub(super) async fn reset_pauses<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let text = format!(
        "UPDATE accounts SET pause_step = 0 WHERE pause_step > 0 AND status = 'connected' AND EXISTS (
            SELECT 1 FROM replies r WHERE r.account_id = accounts.id AND r.state = 'sent'
                AND r.settled_at >= accounts.status_since AND r.settled_at <= $1) AND id IN ({})",
        at_rest(connection, "pause_step > 0")
    );
    sql::execute(connection, text, [now.as_millis().into()]).await
}

/// Selects the accounts that nobody is changing: the sweeper waits for none, the next sweep finds the others.
fn at_rest<C: ConnectionTrait>(connection: &C, condition: &str) -> String {
    let lock = match connection.get_database_backend() {
        DatabaseBackend::Postgres => "FOR NO KEY UPDATE SKIP LOCKED",
        _ => "",
    };
    format!("SELECT id FROM accounts WHERE {condition} {lock}")
}

/// Ends a pause for conduct before its time, after a check that found nothing wrong. Whether Meta still blocks shows the next send.
pub(crate) async fn lift_policy_block<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let text = "UPDATE accounts SET status = 'connected', status_cause = NULL, paused_until = NULL, status_since = $1,
            updated_at = $1 WHERE id = $2 AND status = 'paused' AND status_cause = $3";
    let cause = AccountCause::PolicyBlock.as_str();
    let values = [now.as_millis().into(), account.as_uuid().into(), cause.into()];
    if sql::execute(transaction, text, values).await? == 0 {
        return Ok(0);
    }
    let text = "UPDATE replies SET not_before = $1, version = version + 1
        WHERE account_id = $2 AND settled_at IS NULL AND claimed_by IS NULL AND not_before > $1 AND wait_reason = 'paused'";
    sql::execute(transaction, text, [now.as_millis().into(), account.as_uuid().into()]).await
}

/// Marks an account as connected again after a check, and makes its waiting replies due.
///
/// # Errors
/// What the database answers.
pub async fn wake_waiting<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let text = "UPDATE accounts SET status = 'connected', status_cause = NULL, paused_until = NULL, status_since = $1,
            updated_at = $1 WHERE id = $2 AND status IN ('needs_reconnect', 'needs_attention')";
    sql::execute(transaction, text, [now.as_millis().into(), account.as_uuid().into()]).await?;
    let text = "UPDATE replies SET not_before = $1, version = version + 1
        WHERE account_id = $2 AND settled_at IS NULL AND claimed_by IS NULL AND not_before > $1
            AND wait_reason IN ('needs_reconnect', 'needs_attention')";
    sql::execute(transaction, text, [now.as_millis().into(), account.as_uuid().into()]).await
}
