//! How long credits last, and who wrote when there were none.

use domain::credits::LedgerKind;
use domain::ids::TenantId;
use domain::reasons::Reason;
use domain::time::Timestamp;
use domain::views::{DayUse, Forecast, Outlook, Unanswered};
use jiff::ToSpan;

use super::sql::UNANSWERED;
use super::store;
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

/// How long `balance` lasts; `days` ends today and reaches back for at least seven full days.
pub(super) async fn outlook<C: Connection>(
    connection: &C,
    tenant: TenantId,
    balance: i64,
    days: &[DayUse],
    time: &TenantTime,
) -> Result<Outlook, StorageError> {
    let week_ago = time.start_of(time.today().saturating_sub(6.days()));
    let in_use_for_a_week = store::used_credits_before(connection, tenant, week_ago).await?;
    Ok(outlook_of(balance, days, in_use_for_a_week, time))
}

/// Nothing is foretold from less than seven days of use.
fn outlook_of(balance: i64, days: &[DayUse], in_use_for_a_week: bool, time: &TenantTime) -> Outlook {
    let sent: Vec<u32> = days.iter().map(|day| day.canned + day.ai).collect();
    if sent.iter().all(|count| *count == 0) {
        return Outlook::Unused;
    }
    if !in_use_for_a_week {
        return Outlook::TooEarly;
    }
    pace(&sent).map_or(Outlook::Unused, |per_day| {
        Outlook::Lasts(forecast(balance, per_day, time))
    })
}

fn forecast(balance: i64, per_day: u32, time: &TenantTime) -> Forecast {
    let days = u32::try_from(balance.max(0)).unwrap_or(u32::MAX) / per_day;
    let stops = time.today().saturating_add(i64::from(days.min(36_500)).days());
    Forecast {
        per_day,
        days,
        stops: time.date_in_words(stops),
    }
}

/// Replies a day over the last seven full days, rounded up; none when there were none.
fn pace(sent: &[u32]) -> Option<u32> {
    let (_today, full) = sent.split_last()?;
    let recent = &full[full.len().saturating_sub(PACE_DAYS)..];
    let per_day = recent
        .iter()
        .sum::<u32>()
        .div_ceil(u32::try_from(recent.len()).ok()?.max(1));
    Some(per_day).filter(|per_day| *per_day > 0)
}

#[cfg(test)]
mod tests;
