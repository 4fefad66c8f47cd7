//! One look at the whole connection of an account: token, permissions, link, subscription. What can be mended is mended on the
//! way: a token that ends soon is renewed, a lost subscription is made again.

use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use secrecy::SecretString;

use super::Connections;
use super::findings::{CheckError, CheckResult, CheckTrigger, Findings, Verdict};
use super::record::{self, Connection};
use crate::accounts::{AccountCause, cause_of_dead_token};
use crate::channels::instagram::{Inspected, Inspection, Subscription, scopes};
use crate::channels::refusal::SendError;
use crate::identity::Actor;
use crate::vault::VaultError;

/// A token that ends sooner is renewed.
pub(crate) const RENEW_WITHIN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Connections {
    /// *Check now*: looks at the connection of a tenant's account, mends what can be mended, and wakes waiting replies.
    ///
    /// # Errors
    /// See [`CheckError`].
    pub async fn check(&self, tenant: TenantId, account: AccountId, actor: Actor) -> Result<CheckResult, CheckError> {
        let connection = record::read(&self.database, account).await?;
        connection
            .filter(|connection| connection.tenant == tenant)
            .ok_or(CheckError::NotFound)?;
        self.check_account(account, CheckTrigger::ByHand(actor)).await
    }

    /// The same for an account of whatever tenant.
    #[tracing::instrument(name = "connect.check", skip_all, fields(account.id = %account))]
    pub(super) async fn check_account(
        &self,
        account: AccountId,
        trigger: CheckTrigger,
    ) -> Result<CheckResult, CheckError> {
        let connection = record::read(&self.database, account).await?;
        let connection = connection.ok_or(CheckError::NotFound)?;
        let findings = self.look_at(&connection, trigger).await?;
        let result = self.record(&connection, &findings, trigger).await?;
        self.wake_replies();
        Ok(result)
    }

    async fn look_at(&self, connection: &Connection, trigger: CheckTrigger) -> Result<Findings, CheckError> {
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
                None => return Ok(Findings::dead(cause_of_dead_token(refusal))),
            },
        };
        self.look_further(connection, &token, inspection, trigger).await
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
        trigger: CheckTrigger,
    ) -> Result<Findings, CheckError> {
        let mut findings = Findings {
            inspection: None,
            page: None,
            subscription: None,
            resubscribed: false,
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
        let subscription = self.subscription(connection, token, trigger).await;
        let Some((subscription, is_made_again)) = findings.asked(subscription)? else {
            return Ok(findings);
        };
        if !subscription.brings_messages() {
            findings.attention(AccountCause::NotSubscribed);
        }
        let was_there = connection.subscription_seen_at.is_some();
        findings.resubscribed = is_made_again && was_there && subscription.brings_messages();
        findings.subscription = Some(subscription);
        Ok(findings)
    }

    /// The subscription as it stands now, and whether it was missing before.
    async fn subscription(
        &self,
        connection: &Connection,
        token: &SecretString,
        trigger: CheckTrigger,
    ) -> Result<(Subscription, bool), SendError> {
        if trigger != CheckTrigger::Connecting {
            let present = self.meta.subscription(token, &connection.page_id).await?;
            if present.brings_messages() {
                return Ok((present, false));
            }
            tracing::warn!(account.id = %connection.account, "a subscription was lost and is made again");
        }
        let made = self.meta.subscribe(token, &connection.page_id).await?;
        Ok((made, trigger != CheckTrigger::Connecting))
    }
}

fn cause_of_unreadable(connection: &Connection, error: &VaultError) -> AccountCause {
    if matches!(error, VaultError::Missing) {
        return connection.cause.unwrap_or(AccountCause::TokenInvalid);
    }
    tracing::error!(account.id = %connection.account, error = error as &dyn std::error::Error, "a token cannot be opened");
    AccountCause::TokenUnreadable
}
