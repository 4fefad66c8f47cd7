//! One look at the whole connection of an account: token, permissions, link, subscription. What can be mended is mended on the
//! way: a token that ends soon is renewed, a lost subscription is made again.

use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use secrecy::SecretString;

use super::record::{self, Connection};
use super::{Connections, scopes};
use crate::channels::instagram::{Inspected, Inspection, LinkedInstagram, Subscription};
use crate::channels::refusal::{RefusalClass, SendError};
use crate::pipeline::AccountCause;
use crate::storage::StorageError;
use crate::vault::VaultError;

/// A token that ends sooner is renewed.
pub(crate) const RENEW_WITHIN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// The connection works; this many waiting replies are due again.
    Working {
        /// Replies that go on.
        woken: u64,
    },
    /// It does not, and why.
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
    /// The platform answered with a refusal that says nothing about this account; nothing changed.
    #[error("the platform refused the check with code {code}")]
    Refused {
        /// Its code.
        code: i64,
    },
    /// The platform asks us to slow down; nothing changed.
    #[error("the platform asks us to slow down")]
    RateLimited {
        /// How long, if it said so.
        pause: Option<Duration>,
        /// The whole app, not one account.
        app_wide: bool,
    },
    /// The account was connected again or disconnected meanwhile: what was found is about a token that is gone.
    #[error("the connection changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<sea_orm::DbErr> for CheckError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Storage(error.into())
    }
}

impl From<SendError> for CheckError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Refused(refusal) => match refusal.class {
                RefusalClass::RateLimited { pause, app_wide } => Self::RateLimited { pause, app_wide },
                RefusalClass::Transient => Self::Unreachable,
                _ => Self::Refused { code: refusal.code },
            },
            SendError::NotSent | SendError::Unknown => Self::Unreachable,
        }
    }
}

/// Why it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Somebody pressed *Check now*: they may have changed a setting that only sending can prove.
    ByHand,
    /// The daily run.
    Daily,
    /// Right after connecting: the Page is subscribed in any case.
    Connecting,
}

/// What was found, to be written down.
pub(super) struct Findings {
    pub(super) inspection: Option<Inspection>,
    pub(super) page: Option<(String, Option<LinkedInstagram>)>,
    pub(super) subscription: Option<Subscription>,
    pub(super) verdict: Verdict,
}

/// How the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Works,
    NeedsReconnect(AccountCause),
    NeedsAttention(AccountCause),
}

impl Findings {
    fn dead(cause: AccountCause) -> Self {
        Self {
            inspection: None,
            page: None,
            subscription: None,
            verdict: Verdict::NeedsReconnect(cause),
        }
    }

    /// The first problem stays: the later ones often follow from it.
    fn attention(&mut self, cause: AccountCause) {
        if self.verdict == Verdict::Works {
            self.verdict = Verdict::NeedsAttention(cause);
        }
    }

    /// A refusal that is about the account is a finding; one that is about the moment ends the check.
    fn asked<T>(&mut self, answer: Result<T, SendError>) -> Result<Option<T>, CheckError> {
        match answer {
            Ok(found) => Ok(Some(found)),
            Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::PermissionMissing => {
                self.attention(AccountCause::of_permission(refusal));
                Ok(None)
            }
            Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::TokenDead => {
                self.verdict = Verdict::NeedsReconnect(AccountCause::of_dead_token(refusal));
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl Connections {
    /// *Check now*: looks at the connection of a tenant's account, mends what can be mended, and wakes waiting replies.
    ///
    /// # Errors
    /// See [`CheckError`].
    pub async fn check(&self, tenant: TenantId, account: AccountId) -> Result<CheckResult, CheckError> {
        let connection = record::read(&self.database, account).await?;
        connection
            .filter(|connection| connection.tenant == tenant)
            .ok_or(CheckError::NotFound)?;
        self.check_account(account, Manner::ByHand).await
    }

    /// The same for an account of whatever tenant.
    pub(super) async fn check_account(&self, account: AccountId, manner: Manner) -> Result<CheckResult, CheckError> {
        let connection = record::read(&self.database, account).await?;
        let connection = connection.ok_or(CheckError::NotFound)?;
        let findings = self.look_at(&connection, manner).await?;
        let result = self.record(&connection, &findings, manner).await?;
        self.wake_replies();
        Ok(result)
    }

    async fn look_at(&self, connection: &Connection, manner: Manner) -> Result<Findings, CheckError> {
        let token = match self.page_token(connection).await {
            Ok(token) => token,
            Err(VaultError::Storage(error)) => return Err(error.into()),
            // Destroyed with a reason that stands in the row already, or sealed with a key that is gone.
            Err(error) => return Ok(Findings::dead(cause_of_unreadable(connection, &error))),
        };
        let (token, inspection) = match self.meta.inspect(&token).await? {
            Inspected::Valid(inspection) if !self.ends_soon(connection, &inspection) => (token, inspection),
            Inspected::Valid(inspection) => self.renew(connection).await?.unwrap_or((token, inspection)),
            Inspected::Invalid(refusal) => match self.renew(connection).await? {
                Some(renewed) => renewed,
                None => return Ok(Findings::dead(AccountCause::of_dead_token(refusal))),
            },
        };
        self.look_further(connection, &token, inspection, manner).await
    }

    fn ends_soon(&self, connection: &Connection, inspection: &Inspection) -> bool {
        let soon = self.clock.now() + RENEW_WITHIN;
        let is_soon = |at: Option<Timestamp>| at.is_some_and(|at| at <= soon);
        is_soon(inspection.expires_at) || is_soon(connection.user_token_expires_at)
    }

    /// The token works: does it suffice, is the Page still linked, do messages reach us?
    async fn look_further(
        &self,
        connection: &Connection,
        token: &SecretString,
        inspection: Inspection,
        manner: Manner,
    ) -> Result<Findings, CheckError> {
        let mut findings = Findings {
            inspection: None,
            page: None,
            subscription: None,
            verdict: Verdict::Works,
        };
        if !scopes::missing(&inspection.scopes).is_empty() {
            findings.attention(AccountCause::PermissionMissing);
        }
        findings.inspection = Some(inspection);
        let Some(page) = findings.asked(self.meta.link(token, &connection.page_id).await)? else {
            return Ok(findings);
        };
        match page.1.as_ref().map(|account| account.id == connection.ig_id) {
            Some(true) => {}
            Some(false) => findings.attention(AccountCause::LinkChanged),
            None => findings.attention(AccountCause::PageUnlinked),
        }
        findings.page = Some(page);
        let subscription = self.subscription(connection, token, manner).await;
        let Some(subscription) = findings.asked(subscription)? else {
            return Ok(findings);
        };
        if !subscription.brings_messages() {
            findings.attention(AccountCause::NotSubscribed);
        }
        findings.subscription = Some(subscription);
        Ok(findings)
    }

    async fn subscription(
        &self,
        connection: &Connection,
        token: &SecretString,
        manner: Manner,
    ) -> Result<Subscription, SendError> {
        if manner != Manner::Connecting {
            let present = self.meta.subscription(token, &connection.page_id).await?;
            if present.brings_messages() {
                return Ok(present);
            }
            tracing::warn!(account.id = %connection.account, "a subscription was lost and is made again");
        }
        self.meta.subscribe(token, &connection.page_id).await
    }
}

fn cause_of_unreadable(connection: &Connection, error: &VaultError) -> AccountCause {
    if matches!(error, VaultError::Missing) {
        return connection.cause.unwrap_or(AccountCause::TokenInvalid);
    }
    tracing::error!(account.id = %connection.account, error = error as &dyn std::error::Error, "a token cannot be opened");
    AccountCause::TokenUnreadable
}
