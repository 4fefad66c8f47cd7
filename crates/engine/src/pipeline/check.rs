//! *Check now*: asks the platform whether the token works, and wakes what waited for it.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use secrecy::SecretString;

use super::account_states::{self, AccountCause, wake_waiting};
use super::work::Pipeline;
use crate::channels::{Sender, TokenCheck};
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::{SealedPurpose, VaultError, store};

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// The token works; this many waiting replies are due again.
    Working {
        /// Replies that go on.
        woken: u64,
    },
    /// The account must be connected again, and why.
    Broken(AccountCause),
}

/// A check could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// No such account of this tenant.
    #[error("there is no such account")]
    NotFound,
    /// The platform did not answer; nothing changed.
    #[error("the platform did not answer")]
    Unreachable,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Pipeline {
    /// Checks the connection of a tenant's account.
    ///
    /// # Errors
    /// See [`CheckError`].
    pub async fn check(&self, tenant: TenantId, account: AccountId) -> Result<CheckResult, CheckError> {
        let context = &self.context;
        let transaction = context.database.begin().await?;
        let sender = match self.own_sender(&transaction, tenant, account).await {
            Err(CheckOrBroken::Broken(cause)) => {
                account_states::needs_reconnect(&transaction, account, cause, context.clock.now()).await?;
                transaction.commit().await.map_err(StorageError::from)?;
                return Ok(CheckResult::Broken(cause));
            }
            Err(CheckOrBroken::Error(error)) => return Err(error),
            Ok(sender) => sender,
        };
        transaction.commit().await.map_err(StorageError::from)?;
        let checked = context
            .channel
            .check_token(&sender)
            .await
            .map_err(|_| CheckError::Unreachable)?;
        self.record(account, checked).await
    }

    async fn own_sender(
        &self,
        transaction: &Transaction,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<Sender, CheckOrBroken> {
        let context = &self.context;
        let ids = context
            .channel
            .sending_ids(transaction, account)
            .await?
            .ok_or(CheckError::NotFound)?;
        let text =
            "UPDATE accounts SET updated_at = updated_at WHERE id = $1 AND tenant_id = $2 AND status <> 'disconnected'";
        let owned = sql::execute(transaction, text, [account.as_uuid().into(), tenant.as_uuid().into()]).await?;
        if owned == 0 {
            return Err(CheckError::NotFound.into());
        }
        let opened = store::open(
            transaction,
            &context.vault,
            SealedPurpose::PageToken,
            tenant,
            account.as_uuid(),
        )
        .await;
        match opened {
            Ok(token) => Ok(Sender {
                ids,
                token: SecretString::from(token.expose().to_owned()),
            }),
            Err(VaultError::Storage(error)) => Err(error.into()),
            Err(_) => Err(CheckOrBroken::Broken(AccountCause::TokenUnreadable)),
        }
    }

    async fn record(&self, account: AccountId, checked: TokenCheck) -> Result<CheckResult, CheckError> {
        let context = &self.context;
        let now = context.clock.now();
        let transaction = context.database.begin().await?;
        let (result, dates) = match checked {
            TokenCheck::Valid {
                expires_at,
                data_access_expires_at,
            } => {
                let woken = wake_waiting(&transaction, account, now).await?;
                (
                    CheckResult::Working { woken },
                    Some((expires_at, data_access_expires_at)),
                )
            }
            TokenCheck::Invalid(refusal) => {
                let cause = AccountCause::of_dead_token(refusal);
                account_states::needs_reconnect(&transaction, account, cause, now).await?;
                (CheckResult::Broken(cause), None)
            }
        };
        note_check(&transaction, account, dates, now).await?;
        transaction.commit().await.map_err(StorageError::from)?;
        self.sweep().await?;
        Ok(result)
    }
}

type TokenDates = (Option<Timestamp>, Option<Timestamp>);

async fn note_check(
    transaction: &Transaction,
    account: AccountId,
    dates: Option<TokenDates>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let at = || now.as_millis().into();
    if let Some((expires_at, data_access)) = dates {
        let text = "UPDATE accounts SET token_checked_at = $1, token_expires_at = $2, data_access_expires_at = $3 WHERE id = $4";
        let (expires_at, data_access) = (
            expires_at.map(Timestamp::as_millis),
            data_access.map(Timestamp::as_millis),
        );
        let values = [at(), expires_at.into(), data_access.into(), account.as_uuid().into()];
        sql::execute(transaction, text, values).await?;
    } else {
        let text = "UPDATE accounts SET token_checked_at = $1 WHERE id = $2";
        sql::execute(transaction, text, [at(), account.as_uuid().into()]).await?;
    }
    Ok(())
}

enum CheckOrBroken {
    Error(CheckError),
    Broken(AccountCause),
}

impl<E: Into<CheckError>> From<E> for CheckOrBroken {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}
