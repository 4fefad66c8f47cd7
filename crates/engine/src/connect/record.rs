//! The row of a connection: read before a check, written after it, unless it changed in between.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use secrecy::SecretString;
use uuid::Uuid;

use super::Connections;
use super::findings::{CheckError, CheckResult, CheckTrigger, Findings, Verdict};
use crate::accounts::{AccountCause, shows_in_check, state};
use crate::channels::instagram::scopes;
use crate::replies::{make_paused_due, make_waiting_due};
use crate::storage::{Database, StorageError, Transaction, sql};
use crate::vault::{SealedPurpose, Vault, VaultError, store};

/// A connected account as a check begins.
pub(super) struct Connection {
    pub(super) account: AccountId,
    pub(super) tenant: TenantId,
    pub(super) page_id: String,
    pub(super) ig_id: String,
    pub(super) cause: Option<AccountCause>,
    pub(super) user_token_expires_at: Option<Timestamp>,
    /// Changes with every new connection; 0 without a token.
    pub(super) token_saved_at: i64,
    had_missing_scopes: bool,
}

#[derive(FromQueryResult)]
struct Row {
    tenant_id: Uuid,
    status_cause: Option<String>,
    page_id: String,
    ig_id: String,
    user_token_expires_at: Option<i64>,
    missing_scopes: String,
    token_saved_at: Option<i64>,
}

/// The connection of an account; none when there is no such account or it is disconnected.
pub(super) async fn read(database: &Database, account: AccountId) -> Result<Option<Connection>, StorageError> {
    let text =
        "SELECT a.tenant_id AS tenant_id, a.status_cause AS status_cause, i.page_id AS page_id, i.ig_id AS ig_id,
            i.user_token_expires_at AS user_token_expires_at, i.missing_scopes AS missing_scopes,
            s.created_at AS token_saved_at
        FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id
        LEFT JOIN sealed_values s ON s.owner_id = a.id AND s.purpose = 'page_token'
        WHERE a.id = $1 AND a.status <> 'disconnected'";
    // The writer: a check often follows a commit that a reader may not see yet.
    let row = sql::optional::<Row, _>(database.writer(), text, [account.as_uuid().into()]).await?;
    Ok(row.map(|row| Connection {
        account,
        tenant: TenantId::from_uuid(row.tenant_id),
        page_id: row.page_id,
        ig_id: row.ig_id,
        cause: row.status_cause.and_then(|cause| cause.parse().ok()),
        user_token_expires_at: row.user_token_expires_at.map(Timestamp::from_millis),
        token_saved_at: row.token_saved_at.unwrap_or_default(),
        had_missing_scopes: !row.missing_scopes.is_empty(),
    }))
}

/// One of the account's tokens, opened.
pub(super) async fn token_of<C: ConnectionTrait>(
    reader: &C,
    vault: &Vault,
    purpose: SealedPurpose,
    connection: &Connection,
) -> Result<SecretString, VaultError> {
    let (tenant, owner) = (connection.tenant, connection.account.as_uuid());
    let token = store::open(reader, vault, purpose, tenant, owner).await?;
    Ok(token.expose().to_owned().into())
}

#[derive(FromQueryResult)]
struct SavedRow {
    token_saved_at: Option<i64>,
}

impl Connection {
    /// Holds the row, and fails when the account was connected again or disconnected since it was read.
    pub(super) async fn must_be_unchanged(&self, tx: &Transaction) -> Result<(), CheckError> {
        let text = "UPDATE accounts SET updated_at = updated_at WHERE id = $1 AND status <> 'disconnected'";
        if sql::execute(tx, text, [self.account.as_uuid().into()]).await? == 0 {
            return Err(CheckError::Changed);
        }
        let text =
            "SELECT created_at AS token_saved_at FROM sealed_values WHERE owner_id = $1 AND purpose = 'page_token'";
        let row = sql::optional::<SavedRow, _>(tx, text, [self.account.as_uuid().into()]).await?;
        let saved_at = row.and_then(|row| row.token_saved_at).unwrap_or_default();
        if saved_at == self.token_saved_at {
            Ok(())
        } else {
            Err(CheckError::Changed)
        }
    }

    /// Whether a check that found nothing wrong makes the account connected again.
    fn clears_fault(&self, trigger: CheckTrigger) -> bool {
        trigger != CheckTrigger::Daily
            || self.cause.is_none_or(shows_in_check)
            || (self.cause == Some(AccountCause::PermissionMissing) && self.had_missing_scopes)
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
                if trigger == CheckTrigger::ByHand && state::lift_policy_block(&tx, account, now).await? {
                    woken += make_paused_due(&tx, account, now).await?;
                }
                CheckResult::Working { woken }
            }
            Verdict::Works => CheckResult::Working { woken: 0 },
        };
        tx.commit().await?;
        Ok(result)
    }
}

async fn note(tx: &Transaction, account: AccountId, findings: &Findings, now: Timestamp) -> Result<(), StorageError> {
    let id = || Value::from(account.as_uuid());
    let text = "UPDATE accounts SET token_checked_at = $2 WHERE id = $1";
    sql::execute(tx, text, [id(), now.as_millis().into()]).await?;
    if let Some(inspection) = &findings.inspection {
        let text = "UPDATE accounts SET token_expires_at = $2, data_access_expires_at = $3 WHERE id = $1";
        let values = [
            id(),
            inspection.expires_at.map(Timestamp::as_millis).into(),
            inspection.data_access_expires_at.map(Timestamp::as_millis).into(),
        ];
        sql::execute(tx, text, values).await?;
        let text = "UPDATE instagram_accounts SET missing_scopes = $2, connected_by = COALESCE($3, connected_by)
            WHERE account_id = $1";
        let missing = scopes::missing(&inspection.scopes).join(",");
        sql::execute(tx, text, [id(), missing.into(), inspection.user_id.clone().into()]).await?;
    }
    if let Some((page_name, linked)) = &findings.page {
        let text = "UPDATE instagram_accounts SET page_name = $2,
                username = CASE WHEN ig_id = $3 THEN $4 ELSE username END WHERE account_id = $1";
        let (ig_id, username) = linked
            .as_ref()
            .map_or(("", ""), |account| (account.id.as_str(), account.username.as_str()));
        let values = [id(), page_name.clone().into(), ig_id.into(), username.into()];
        sql::execute(tx, text, values).await?;
    }
    if let Some(subscription) = &findings.subscription {
        let text = "UPDATE instagram_accounts SET subscribed_fields = $2, refused_fields = $3 WHERE account_id = $1";
        let values = [
            id(),
            subscription.fields.join(",").into(),
            subscription.refused.join(",").into(),
        ];
        sql::execute(tx, text, values).await?;
    }
    Ok(())
}
