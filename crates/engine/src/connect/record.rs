//! The row of a connection: read before a check, written after it, unless it changed in between.

use domain::accounts::AccountStatusKind;
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use secrecy::SecretString;

use super::Connections;
use super::findings::{CheckError, CheckResult, CheckTrigger, Findings, Verdict};
use super::sql::{CONNECTION, NOTE_RESUBSCRIBED, SET_NAMES};
use super::store::{
    lock_connected, page_token_saved_at, set_checked_at, set_expiry, set_missing_scopes, set_subscription,
};
use crate::accounts::{AccountCause, LOSS_TOLD, state};
use crate::channels::instagram::scopes;
use crate::identity::{self, Entry};
use crate::replies::{make_lookups_due, make_paused_due, make_waiting_due};
use crate::storage::{Database, FromQueryResult, StorageError, Transaction, commit, sql};
use crate::vault::{SealedPurpose, Vault, VaultError, store};

/// A connected account as a check begins.
#[derive(FromQueryResult)]
pub(super) struct Connection {
    pub(super) account: AccountId,
    pub(super) tenant: TenantId,
    pub(super) page_id: String,
    pub(super) ig_id: String,
    pub(super) cause: Option<AccountCause>,
    pub(super) user_token_expires_at: Option<Timestamp>,
    /// Changes with every new connection; none without a token.
    pub(super) token_saved_at: Option<Timestamp>,
    missing_scopes: String,
    /// None until a check has found the Page subscribed.
    pub(super) subscription_seen_at: Option<Timestamp>,
}

/// The connection of an account; none when there is no such account or it is disconnected.
pub(super) async fn read(database: &Database, account: AccountId) -> Result<Option<Connection>, StorageError> {
    let values = [
        account.into(),
        SealedPurpose::PageToken.into(),
        AccountStatusKind::Disconnected.into(),
    ];
    // The writer: a check often follows a commit that a reader may not see yet.
    sql::optional(database.writer(), CONNECTION, values).await
}

/// One of the account's tokens, opened.
pub(super) async fn token_of(
    database: &Database,
    vault: &Vault,
    purpose: SealedPurpose,
    connection: &Connection,
) -> Result<SecretString, VaultError> {
    let (tenant, owner) = (connection.tenant, connection.account.as_uuid());
    let token = store::open(database.reader(), vault, purpose, tenant, owner).await?;
    Ok(token.expose().to_owned().into())
}

impl Connection {
    /// Locks the row, and fails when the account was connected again or disconnected since it was read.
    pub(super) async fn must_be_unchanged(&self, tx: &Transaction) -> Result<(), CheckError> {
        if !lock_connected(tx, self.account).await? {
            return Err(CheckError::Changed);
        }
        if page_token_saved_at(tx, self.account).await? == self.token_saved_at {
            Ok(())
        } else {
            Err(CheckError::Changed)
        }
    }

    /// Whether a check that found nothing wrong makes the account connected again.
    fn clears_fault(&self, trigger: CheckTrigger) -> bool {
        trigger != CheckTrigger::Daily
            || self.cause.is_none_or(AccountCause::shows_in_a_check)
            || (self.cause == Some(AccountCause::PermissionMissing) && !self.missing_scopes.is_empty())
    }
}

impl Connections {
    /// Writes down what a check found.
    pub(super) async fn record(
        &self,
        connection: &Connection,
        findings: &Findings,
        trigger: CheckTrigger,
    ) -> Result<CheckResult, CheckError> {
        let (now, account) = (self.clock.now(), connection.account);
        let tx = self.database.begin().await?;
        connection.must_be_unchanged(&tx).await?;
        note(&tx, account, findings, now).await?;
        let result = match findings.verdict {
            Verdict::NeedsReconnect(cause) => {
                state::mark_needs_reconnect(&tx, account, cause, now).await?;
                CheckResult::Broken(cause)
            }
            Verdict::NeedsAttention(cause) => {
                state::mark_needs_attention(&tx, account, cause, now).await?;
                CheckResult::Broken(cause)
            }
            Verdict::Works if connection.clears_fault(trigger) => {
                state::mark_connected(&tx, account, now).await?;
                let mut woken = make_waiting_due(&tx, account, now).await?;
                if trigger != CheckTrigger::Daily {
                    make_lookups_due(&tx, account, now).await?;
                }
                if matches!(trigger, CheckTrigger::ByHand(_)) && state::lift_policy_block(&tx, account, now).await? {
                    woken += make_paused_due(&tx, account, now).await?;
                }
                findings.works(woken)
            }
            Verdict::Works => findings.works(0),
        };
        if let CheckTrigger::ByHand(actor) = trigger {
            let entry = Entry {
                tenant: connection.tenant,
                actor,
                action: "account.checked",
                subject: account.as_uuid(),
                detail: result.told(),
            };
            identity::record(&tx, entry, now).await?;
        }
        commit(tx).await?;
        Ok(result)
    }
}

async fn note(tx: &Transaction, account: AccountId, findings: &Findings, now: Timestamp) -> Result<(), StorageError> {
    set_checked_at(tx, account, now).await?;
    if let Some(found) = &findings.inspection {
        set_expiry(tx, account, found.expires_at, found.data_access_expires_at).await?;
        let missing = scopes::missing(&found.scopes).join(",");
        set_missing_scopes(tx, account, missing, found.user_id.clone()).await?;
    }
    if let Some((page_name, linked)) = &findings.page {
        let (ig_id, username) = linked
            .as_ref()
            .map_or(("", ""), |account| (account.id.as_str(), account.username.as_str()));
        let values = [account.into(), page_name.as_str().into(), ig_id.into(), username.into()];
        sql::execute(tx, SET_NAMES, values).await?;
    }
    if let Some(subscription) = &findings.subscription {
        if findings.resubscribed {
            let values = [account.into(), now.into(), (now - LOSS_TOLD).into()];
            sql::execute(tx, NOTE_RESUBSCRIBED, values).await?;
        }
        set_subscription(tx, account, subscription, now).await?;
    }
    Ok(())
}
