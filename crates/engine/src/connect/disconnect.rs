//! The end of a connection: nothing is sent any more, the tokens are destroyed, the Page stops sending us events.

use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::reasons::Reason;
use domain::replies::ReplyState;
use domain::time::Timestamp;
use domain::views::AccountData;
use secrecy::SecretString;

use super::Connections;
use super::login_attempts::purge_login_attempts;
use super::record::{self, Connection};
use super::sql::{DELETE_OLD_CHECKS, lock_conversations};
use super::store::{delete_account_row, ended_accounts, lock_ended, set_unconnected, touch};
use crate::accounts::{AccountCause, state};
use crate::credits;
use crate::identity::{self, Actor, Entry};
use crate::memory;
use crate::replies::{OpenReply, lock_open_replies, settle_not_sent};
use crate::storage::{Database, StorageError, Transaction, commit, sql};
use crate::vault::store;

const BATCH: u64 = 200;
/// How long rules, replies and log of a disconnected account can be brought back by connecting it again.
pub(crate) const KEPT_AFTER_DISCONNECT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

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
        if !touch(&tx, tenant, account, now).await? {
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
        commit(tx).await?;
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
    set_unconnected(tx, account).await?;
    for reply in lock_open_replies(tx, account).await? {
        if let Some(reason) = last_reason(&reply, now) {
            // A worker that is faster settles it itself, by the same state.
            let _ = settle_not_sent(tx, &reply, reason, now).await?;
        }
    }
    memory::forget_account(tx, account).await?;
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
    memory::forget_account(tx, account).await?;
    store::destroy_content_of(tx, account).await?;
    store::destroy(tx, account.as_uuid()).await?;
    delete_account_row(tx, account).await
}

/// Deletes what has been kept long enough: login attempts that are over, old daily checks, accounts 30 days after their end.
pub(crate) async fn purge(database: &Database, now: Timestamp) -> Result<(), StorageError> {
    while purge_login_attempts(database, now, BATCH).await? >= BATCH {}
    let before = now - KEPT_AFTER_DISCONNECT;
    while sql::execute(database.writer(), DELETE_OLD_CHECKS, [before.into(), BATCH.into()]).await? >= BATCH {}
    for account in ended_accounts(database, before).await? {
        purge_account(database, account, now).await?;
    }
    Ok(())
}

/// Asks again, with the row locked: it may have been connected again since it was found.
async fn purge_account(database: &Database, account: AccountId, now: Timestamp) -> Result<(), StorageError> {
    let tx = database.begin().await?;
    if !lock_ended(&tx, account, now - KEPT_AFTER_DISCONNECT).await? {
        return Ok(());
    }
    delete_account(&tx, account, now).await?;
    commit(tx).await
}
