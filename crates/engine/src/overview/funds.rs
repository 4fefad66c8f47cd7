//! How long credits last, and who wrote when there were none.

use domain::credits::LedgerKind;
use domain::ids::TenantId;
use domain::reasons::Reason;
use domain::time::Timestamp;
use domain::views::{DayUse, Forecast, Unanswered};
use jiff::ToSpan;

use super::sql::UNANSWERED;
use crate::identity::TenantTime;
use crate::storage::{Connection, StorageError, sql};

/// Full days that the pace is averaged over.
const PACE_DAYS: usize = 7;

/// DMs that got no reply because of an empty balance, since credits were last added. None while there are credits.
pub(super) async fn unanswered<C: Connection>(
    connection: &C,
    tenant: TenantId,
    balance: i64,
    time: &TenantTime,
) -> Result<Option<Unanswered>, StorageError> {
    if balance > 0 {
        return Ok(None);
    }
    let values = [tenant.into(), Reason::NoCredits.into(), LedgerKind::Grant.into()];
    let row = sql::value::<(Option<Timestamp>, i64), C>(connection, UNANSWERED, values).await?;
    Ok(row.and_then(|(since, count)| {
        Some(Unanswered {
            since: time.moment(since?),
            count: u32::try_from(count).unwrap_or(u32::MAX),
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
