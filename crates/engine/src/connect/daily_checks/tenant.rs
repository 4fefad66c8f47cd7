//! The newest run as one tenant sees it: their accounts only.

use domain::ids::TenantId;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use super::NAME;
use crate::connect::Connections;
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

#[derive(FromQueryResult)]
struct RunRow {
    started_at: i64,
    accounts: i64,
    checked: i64,
}

impl Connections {
    /// The newest run with an account of `tenant`; none before the first.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn tenant_run(&self, tenant: TenantId) -> Result<Option<TenantRun>, StorageError> {
        let text = "SELECT r.started_at AS started_at, COUNT(*) AS accounts, COUNT(c.checked_at) AS checked
            FROM job_runs r
                JOIN token_checks c ON c.day = r.day AND c.run = r.run
                JOIN accounts a ON a.id = c.account_id
            WHERE r.name = $1 AND a.tenant_id = $2
            GROUP BY r.day, r.run, r.started_at
            ORDER BY r.started_at DESC, r.run DESC LIMIT 1";
        let values = [NAME.into(), tenant.as_uuid().into()];
        let row = sql::optional::<RunRow, _>(self.database.reader(), text, values).await?;
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok(row.map(|row| TenantRun {
            started_at: Timestamp::from_millis(row.started_at),
            accounts: count(row.accounts),
            checked: count(row.checked),
        }))
    }
}
