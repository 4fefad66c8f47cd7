//! The end of a connection: nothing is sent any more, the tokens are destroyed, the Page stops sending us events.

use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::reasons::Reason;
use domain::replies::ReplyState;
use domain::time::Timestamp;
use domain::views::AccountData;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use secrecy::SecretString;
use uuid::Uuid;

use super::Connections;
use super::login_attempts::purge_login_attempts;
use super::record::{self, Connection};
use crate::accounts::{AccountCause, state};
use crate::credits;
use crate::identity::{self, Actor, Entry};
use crate::replies::{OpenReply, ReplyOutcome, lock_open_replies, settle};
use crate::storage::{Database, StorageError, Transaction, sql};
use crate::vault::store;

const BATCH: u32 = 200;
/// How long rules, replies and log of a disconnected account can be brought back by connecting it again.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// An account was not disconnected.
#[derive(Debug, thiserror::Error)]
pub enum DisconnectError {
    /// There is no such account, or it belongs to another tenant.
    #[error("there is no such account")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<sea_orm::DbErr> for DisconnectError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Storage(error.into())
    }
}

impl Connections {
    /// Disconnects an account: waiting replies end with their credits restored, tokens are destroyed, Meta is told. One that is
    /// disconnected already can still have its data deleted.
    ///
    /// # Errors
    /// [`DisconnectError::NotFound`].
    pub async fn disconnect(
        &self,
        tenant: TenantId,
        account: AccountId,
        data: AccountData,
        actor: Actor,
    ) -> Result<(), DisconnectError> {
        let connection = record::read(&self.database, account).await?;
        let connection = connection.filter(|connection| connection.tenant == tenant);
        let token = match &connection {
            Some(connection) => self.page_token(connection).await.ok(),
            None => None,
        };
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let text = "UPDATE accounts SET updated_at = $3 WHERE id = $1 AND tenant_id = $2";
        let values = [
            account.as_uuid().into(),
            tenant.as_uuid().into(),
            now.as_millis().into(),
        ];
        if sql::execute(&tx, text, values).await? == 0 {
            return Err(DisconnectError::NotFound);
        }
        if data == AccountData::Delete {
            lock_conversations(&tx, account).await?;
        }
        let detail = match data {
            AccountData::Keep => "The account was disconnected.",
            AccountData::Delete => "The account was disconnected and its data deleted.",
        };
        let entry = Entry {
            tenant,
            actor,
            action: "account.disconnected",
            subject: account.as_uuid(),
            detail,
        };
        identity::record(&tx, entry, now).await?;
        end_connection(&tx, account, None, now).await?;
        if data == AccountData::Delete {
            delete_account(&tx, account, now).await?;
        }
        tx.commit().await?;
        if let (Some(connection), Some(token)) = (connection, token) {
            self.unsubscribe(&connection, &token).await;
        }
        Ok(())
    }

    /// A dead token cannot end the subscription; events that still come find no account and are dropped.
    async fn unsubscribe(&self, connection: &Connection, token: &SecretString) {
        if let Err(error) = self.meta.unsubscribe(token, &connection.page_id).await {
            tracing::info!(account.id = %connection.account, %error, "a Page could not be unsubscribed");
        }
    }
}

/// Everything on our side: state, waiting replies, tokens.
pub(super) async fn end_connection(
    tx: &Transaction,
    account: AccountId,
    cause: Option<AccountCause>,
    now: Timestamp,
) -> Result<(), StorageError> {
    state::mark_disconnected(tx, account, cause, now).await?;
    let text = "UPDATE instagram_accounts SET connected = FALSE, user_token_expires_at = NULL, test_started_at = NULL
        WHERE account_id = $1";
    sql::execute(tx, text, [account.as_uuid().into()]).await?;
    for reply in lock_open_replies(tx, account).await? {
        if let Some(reason) = last_reason(&reply, now) {
            // A worker that is faster settles it itself, by the same state.
            let _ = settle(tx, &reply, &ReplyOutcome::NotSent(reason), now).await?;
        }
    }
    store::destroy(tx, account.as_uuid()).await
}

/// None while a worker holds it: a message that is on its way is not called back.
fn last_reason(reply: &OpenReply, now: Timestamp) -> Option<Reason> {
    if reply.claimed_until.is_some_and(|until| until > now) {
        return None;
    }
    Some(match reply.state {
        ReplyState::Sending => Reason::OutcomeUnknown,
        _ => Reason::AccountDisconnected,
    })
}

#[derive(FromQueryResult)]
struct HeldRow {
    #[expect(dead_code, reason = "only the lock matters")]
    id: Uuid,
}

/// Before rows are deleted: workers and inbox take the conversation first too, then its replies.
pub(super) async fn lock_conversations(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    if tx.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    let text = "SELECT id FROM conversations WHERE account_id = $1 ORDER BY customer_id COLLATE \"C\" FOR UPDATE";
    sql::all::<HeldRow, _>(tx, text, [account.as_uuid().into()]).await?;
    Ok(())
}

/// What waits to be deleted takes its credits back first: no worker can settle a reply that is gone. One that is on its way and
/// arrives after all is a present.
pub(super) async fn restore_credits(tx: &Transaction, account: AccountId, now: Timestamp) -> Result<(), StorageError> {
    for reply in lock_open_replies(tx, account).await? {
        if reply.state.holds_credit() {
            credits::restore(tx, reply.id, now).await?;
        }
    }
    Ok(())
}

/// The account with rules, replies, log and everything sealed for them. Ledger and audit log stay: they belong to the workspace.
pub(super) async fn delete_account(tx: &Transaction, account: AccountId, now: Timestamp) -> Result<(), StorageError> {
    restore_credits(tx, account, now).await?;
    store::destroy_content_of(tx, account).await?;
    store::destroy(tx, account.as_uuid()).await?;
    let text = "DELETE FROM accounts WHERE id = $1";
    sql::execute(tx, text, [account.as_uuid().into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Deletes what has been kept long enough: login attempts that are over, old daily checks, accounts 30 days after their end.
pub(crate) async fn purge(database: &Database, now: Timestamp) -> Result<(), StorageError> {
    while purge_login_attempts(database.writer(), now, BATCH).await? >= u64::from(BATCH) {}
    let text = format!(
        "DELETE FROM token_checks WHERE (account_id, day, run) IN
            (SELECT account_id, day, run FROM token_checks WHERE not_before < $1 LIMIT {BATCH})"
    );
    let before = (now - KEPT).as_millis();
    while sql::execute(database.writer(), text.clone(), [before.into()]).await? >= u64::from(BATCH) {}
    let text = "SELECT id FROM accounts WHERE status = 'disconnected' AND status_since < $1 LIMIT 20";
    for row in sql::all::<IdRow, _>(database.reader(), text, [before.into()]).await? {
        purge_account(database, AccountId::from_uuid(row.id), now).await?;
    }
    Ok(())
}

/// Asks again, holding the row: it may have been connected again since it was found.
async fn purge_account(database: &Database, account: AccountId, now: Timestamp) -> Result<(), StorageError> {
    let tx = database.begin().await?;
    let text = "UPDATE accounts SET updated_at = updated_at
        WHERE id = $1 AND status = 'disconnected' AND status_since < $2";
    let values = [account.as_uuid().into(), (now - KEPT).as_millis().into()];
    if sql::execute(&tx, text, values).await? == 0 {
        return Ok(());
    }
    delete_account(&tx, account, now).await?;
    Ok(tx.commit().await?)
}
