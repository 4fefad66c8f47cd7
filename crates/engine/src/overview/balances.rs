//! The balance at the end of each day, as the ledger has it.

use domain::ids::TenantId;
use domain::time::Timestamp;
use domain::views::DayBalance;
use jiff::ToSpan;

use super::store;
use crate::identity::TenantTime;
use crate::storage::{Connection, StorageError};

/// The last `count` days, oldest first, today last. Asks once for each day that changed the balance, by an index.
pub(super) async fn last<C: Connection>(
    connection: &C,
    tenant: TenantId,
    time: &TenantTime,
    count: i64,
) -> Result<Vec<DayBalance>, StorageError> {
    let mut balances = Vec::new();
    let mut known = None::<Option<(Timestamp, i64)>>;
    for age in 0..count {
        let date = time.today().saturating_sub(age.days());
        let end = time.end_of(date);
        let entry = match known {
            // Nothing before, or nothing between the two ends.
            Some(entry) if entry.is_none_or(|(at, _)| at < end) => entry,
            _ => store::balance_before(connection, tenant, end).await?,
        };
        known = Some(entry);
        balances.push(DayBalance {
            label: date.strftime("%a %-d %b").to_string(),
            balance: entry.map(|(_, balance)| balance),
        });
    }
    balances.reverse();
    Ok(balances)
}
