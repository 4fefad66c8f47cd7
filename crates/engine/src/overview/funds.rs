//! Credits as facts: balance, reserved, how long they last, who wrote in vain.

use domain::ids::TenantId;
use domain::time::Timestamp;
use domain::views::{DayUse, Forecast, Unanswered};
use jiff::ToSpan;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::identity::TenantTime;
use crate::storage::{StorageError, sql};

/// Full days that the pace is averaged over.
const PACE_DAYS: usize = 7;

#[derive(FromQueryResult)]
struct NumberRow {
    number: i64,
}

#[derive(FromQueryResult)]
struct UnansweredRow {
    since: Option<i64>,
    count: i64,
}

/// Credits left; reserved ones are off already.
pub(super) async fn balance<C: ConnectionTrait>(connection: &C, tenant: TenantId) -> Result<i64, StorageError> {
    let text = "SELECT balance AS number FROM credit_balances WHERE tenant_id = $1";
    let row = sql::optional::<NumberRow, C>(connection, text, [tenant.as_uuid().into()]).await?;
    Ok(row.map_or(0, |row| row.number))
}

/// Credits of replies that are not final yet.
pub(super) async fn reserved<C: ConnectionTrait>(connection: &C, tenant: TenantId) -> Result<i64, StorageError> {
    let text = "SELECT COUNT(*) AS number FROM replies
        WHERE tenant_id = $1 AND settled_at IS NULL AND state IN ('reserved', 'composed', 'sending')";
    let row = sql::optional::<NumberRow, C>(connection, text, [tenant.as_uuid().into()]).await?;
    Ok(row.map_or(0, |row| row.number))
}

/// DMs that got no reply because of an empty balance, since credits were last added. None while there are credits.
pub(super) async fn unanswered<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    balance: i64,
    time: &TenantTime,
) -> Result<Option<Unanswered>, StorageError> {
    if balance > 0 {
        return Ok(None);
    }
    let text = "SELECT MIN(created_at) AS since, COUNT(*) AS count FROM messages
        WHERE tenant_id = $1 AND reason = 'no_credits' AND created_at >= COALESCE(
            (SELECT l.created_at FROM credit_ledger l WHERE l.tenant_id = $1 AND l.kind = 'grant'
                ORDER BY l.created_at DESC LIMIT 1), 0)";
    let row = sql::optional::<UnansweredRow, C>(connection, text, [tenant.as_uuid().into()]).await?;
    Ok(row.and_then(|row| {
        let since = time.moment(Timestamp::from_millis(row.since?));
        Some(Unanswered {
            since,
            count: u32::try_from(row.count).unwrap_or(u32::MAX),
        })
    }))
}

/// How long `balance` lasts at the pace of the last full days; none while nothing was ever sent.
pub(super) fn forecast(balance: i64, days: &[DayUse], time: &TenantTime) -> Option<Forecast> {
    let per_day = pace(days)?;
    let days = u32::try_from(balance.max(0)).unwrap_or(u32::MAX) / per_day;
    let stops = time.today().saturating_add(i64::from(days.min(36_500)).days());
    Some(Forecast {
        per_day,
        days,
        stops: time.date_in_words(stops),
    })
}

/// Replies a day, rounded up: the days since the first reply, at most seven, today only when it is the first.
fn pace(days: &[DayUse]) -> Option<u32> {
    let sent: Vec<u32> = days.iter().map(|day| day.canned + day.ai).collect();
    let (today, full) = sent.split_last()?;
    let recent = &full[full.len().saturating_sub(PACE_DAYS)..];
    let since_first = recent.iter().position(|count| *count > 0).map(|first| &recent[first..]);
    match since_first {
        Some(counted) => Some(counted.iter().sum::<u32>().div_ceil(u32::try_from(counted.len()).ok()?)),
        None => Some(*today).filter(|today| *today > 0),
    }
}

#[cfg(test)]
mod tests;
