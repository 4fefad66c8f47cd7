//! The newest run as one tenant sees it: their accounts only.

use domain::ids::TenantId;
use domain::time::Timestamp;

use super::sql::TENANT_RUN;
use crate::connect::Connections;
use crate::storage::entity::job_runs::RunName;
use crate::storage::{StorageError, sql};

/// How far the newest run is with the accounts of one tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TenantRun {
    /// When it began.
    pub started_at: Timestamp,
    /// Accounts to check.
    pub accounts: u64,
    /// Accounts checked.
    pub checked: u64,
}

impl TenantRun {
    /// Accounts are still to be checked.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        self.checked < self.accounts
    }
}

impl Connections {
    /// The newest run with an account of `tenant`; none before the first.
    pub async fn tenant_run(&self, tenant: TenantId) -> Result<Option<TenantRun>, StorageError> {
        let values = [RunName::Tokens.into(), tenant.into()];
        let row = sql::value::<(Timestamp, i64, i64), _>(self.database.reader(), TENANT_RUN, values).await?;
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok(row.map(|(started_at, accounts, checked)| TenantRun {
            started_at,
            accounts: count(accounts),
            checked: count(checked),
        }))
    }
}
