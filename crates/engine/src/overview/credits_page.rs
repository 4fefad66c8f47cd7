//! The credits page.

use domain::ids::TenantId;
use domain::views::{CreditsPage, Cursor, LedgerSelection};

use super::{balances, days, funds, ledger, store};
use crate::clock::SharedClock;
use crate::identity::TenantTime;
use crate::messages;
use crate::storage::{Database, StorageError};

const DAYS: i64 = 30;

/// The credits of one tenant, as they are looked at; [`crate::credits`] moves them.
#[derive(Debug, Clone)]
pub struct Credits {
    database: Database,
    clock: SharedClock,
    tenant: TenantId,
}

impl Credits {
    /// The credits of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
        }
    }

    /// Balance, use, forecast and one page of the ledger.
    pub async fn page(&self, filter: impl Into<LedgerSelection>, cursor: &Cursor) -> Result<CreditsPage, StorageError> {
        let filter = filter.into();
        let reader = self.database.reader();
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        let balance = store::balance(reader, self.tenant).await?;
        let days = days::last(reader, self.tenant, &time, DAYS).await?;
        let ledger = ledger::page(reader, self.tenant, &filter, cursor, &time).await?;
        Ok(CreditsPage {
            balance,
            reserved: store::reserved(reader, self.tenant).await?,
            outlook: funds::outlook(reader, self.tenant, balance, &days, &time).await?,
            unanswered: funds::unanswered(reader, self.tenant, balance, &time).await?,
            balances: balances::last(reader, self.tenant, &time, DAYS).await?,
            days,
            named_days: messages::named_days(time.today()),
            filter,
            ledger: ledger.rows,
            newer: ledger.newer,
            older: ledger.older,
        })
    }
}
