//! What each day's DMs came to, in the tenant's own days.
//!
//! The database counts in quarters of an hour, because every time zone's midnight falls on one; the quarters are then
//! put together to days here.

use std::collections::BTreeMap;

use domain::ids::TenantId;
use domain::messages::{Author, Direction, MessageOutcome};
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use domain::views::DayUse;
use jiff::ToSpan;
use jiff::civil::Date;

use super::sql::{QUARTERS, QuarterRow};
use crate::identity::TenantTime;
use crate::storage::{Connection, StorageError, sql};

const QUARTER_MS: i64 = 15 * 60 * 1_000;

/// The last `count` days, oldest first, today last; days without DMs have zeros.
pub(super) async fn last<C: Connection>(
    connection: &C,
    tenant: TenantId,
    time: &TenantTime,
    count: i64,
) -> Result<Vec<DayUse>, StorageError> {
    let today = time.today();
    let first = today.saturating_sub((count - 1).days());
    let quarters = quarters(connection, tenant, time.start_of(first)).await?;
    let mut days: BTreeMap<Date, DayUse> = (0..count)
        .map(|offset| first.saturating_add(offset.days()))
        .map(|date| (date, empty(date)))
        .collect();
    for row in quarters {
        let date = time.date(Timestamp::from_millis(row.quarter * QUARTER_MS));
        if let Some(day) = days.get_mut(&date) {
            day.canned += small(row.canned);
            day.ai += small(row.ai);
            day.not_answered += small(row.not_answered);
        }
    }
    Ok(days.into_values().collect())
}

async fn quarters<C: Connection>(
    connection: &C,
    tenant: TenantId,
    since: Timestamp,
) -> Result<Vec<QuarterRow>, StorageError> {
    let values = [
        tenant.into(),
        since.into(),
        MessageOutcome::Sent.into(),
        ResponseKind::AiPrompt.into(),
        MessageOutcome::Failed.into(),
        MessageOutcome::Skipped.into(),
        Direction::Inbound.into(),
        Author::Customer.into(),
    ];
    sql::all(connection, QUARTERS, values).await
}

fn empty(date: Date) -> DayUse {
    DayUse {
        date: date.to_string(),
        label: date.strftime("%a %-d %b").to_string(),
        canned: 0,
        ai: 0,
        not_answered: 0,
    }
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
