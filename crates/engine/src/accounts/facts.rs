//! Everything the pages say about an account, read with one statement and stored nowhere else.

use std::time::Duration;

use domain::accounts::AccountStatus;
use domain::ids::{AccountId, TenantId};
use domain::rules::Response;
use domain::time::Timestamp;

use super::sql::{self, FactsRow};
use crate::identity::TenantTime;
use crate::storage::{Connection, StorageError};

/// For how long it is told that another automation answered.
const AUTOMATION_TOLD: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// For how long it is told that a lost subscription was made again.
pub(crate) const LOSS_TOLD: Duration = Duration::from_secs(24 * 60 * 60);

/// A time without a subscription: DMs of it were never delivered to us.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LostSubscription {
    /// The last check that found it; it was lost at some time after.
    pub(crate) after: Timestamp,
    /// When it was made again.
    pub(crate) until: Timestamp,
}

/// One account of one tenant.
#[derive(Debug, Clone)]
pub struct AccountFacts {
    pub(super) row: FactsRow,
    pub(super) status: AccountStatus,
}

impl TryFrom<FactsRow> for AccountFacts {
    type Error = StorageError;

    fn try_from(row: FactsRow) -> Result<Self, StorageError> {
        let status = AccountStatus::of_row(row.status, row.paused_until);
        let status = status.ok_or(StorageError::Corrupt("status of an account"))?;
        Ok(Self { row, status })
    }
}

impl AccountFacts {
    /// One account; none when it is not there or another tenant's.
    pub async fn of_one<C: Connection>(
        connection: &C,
        tenant: TenantId,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Option<Self>, StorageError> {
        let row = sql::facts(connection, tenant, Some(account), now).await?.pop();
        row.map(Self::try_from).transpose()
    }

    /// All accounts of a tenant, those that need somebody first, then by name.
    pub async fn of_all<C: Connection>(
        connection: &C,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<Vec<Self>, StorageError> {
        let rows = sql::facts(connection, tenant, None, now).await?;
        let mut all = rows.into_iter().map(Self::try_from).collect::<Result<Vec<_>, _>>()?;
        all.sort_by(|a, b| (a.urgency(), &a.row.username).cmp(&(b.urgency(), &b.row.username)));
        Ok(all)
    }

    /// Which account.
    #[must_use]
    pub const fn id(&self) -> AccountId {
        self.row.id
    }

    /// Whether we can send.
    #[must_use]
    pub const fn status(&self) -> AccountStatus {
        self.status
    }

    /// Both switches are on.
    #[must_use]
    pub const fn switched_on(&self) -> bool {
        self.row.enabled && self.row.auto_reply
    }

    /// Replies that wait because the platform does not answer. None of those that wait since before the last reply that went out.
    #[must_use]
    pub fn unanswered(&self) -> u64 {
        self.row.unanswered.unsigned_abs()
    }

    /// It is connected, whether or not it can send now.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.status != AccountStatus::Disconnected
    }

    /// Without the @.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.row.username
    }

    /// When a customer last wrote.
    #[must_use]
    pub const fn last_dm_at(&self) -> Option<Timestamp> {
        self.row.last_dm_at
    }

    /// When a reply was last sent.
    #[must_use]
    pub const fn last_reply_at(&self) -> Option<Timestamp> {
        self.row.last_reply_at
    }

    /// When a rule or the default reply was last saved.
    #[must_use]
    pub const fn rules_saved_at(&self) -> Timestamp {
        self.row.rules_saved_at
    }

    /// What is sent when no rule matches.
    pub(crate) const fn default_reply(&self) -> &Response {
        &self.row.default_response
    }

    /// That Instagram or another tool answers too, when it did in the last days, and how to switch it off.
    pub(crate) fn automation(&self, time: &TenantTime) -> Option<String> {
        let seen = self.row.automation_seen_at?;
        (self.is_connected() && seen > time.now() - AUTOMATION_TOLD).then(|| {
            format!(
                "Something else answers here too, last on {}: Instagram’s own instant reply, or another tool. Customers then get two \
                 answers. To switch Instagram’s off, open the Instagram app and go to Settings, Business tools and controls, Instant \
                 reply and Away message; other tools under Settings, Apps and websites. Concierge does not take it for a person and \
                 goes on answering.",
                time.moment(seen).short
            )
        })
    }

    /// That the account was cut off from Meta, while it is told.
    pub(crate) fn lost_subscription(&self, time: &TenantTime) -> Option<LostSubscription> {
        let (after, until) = (self.row.unsubscribed_after?, self.row.resubscribed_at?);
        let is_told = self.is_connected() && until > time.now() - LOSS_TOLD;
        is_told.then_some(LostSubscription { after, until })
    }

    fn urgency(&self) -> u8 {
        match self.status {
            AccountStatus::NeedsReconnect => 0,
            AccountStatus::NeedsAttention => 1,
            AccountStatus::Paused { .. } => 2,
            AccountStatus::Connected if self.switched_on() => 3,
            AccountStatus::Connected => 4,
            AccountStatus::Disconnected => 5,
        }
    }
}
