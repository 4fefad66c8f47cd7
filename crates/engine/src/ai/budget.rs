//! How many tokens a tenant may use in a day, so that one of them cannot spend what all of them share.
//!
//! Days begin at midnight UTC. The budget is looked at before a call and charged after it: calls that run at the same time may
//! exceed it by what they use.

use domain::ids::TenantId;
use domain::time::Timestamp;

use super::TokenUsage;
use super::sql::ADD_USAGE;
use super::store;
use crate::storage::{Connection, StorageError, sql};

/// Whether a tenant may ask the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// There is some left.
    Open,
    /// There is none left until the next day.
    Spent,
}

/// What a tenant used in a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DailyUsage {
    /// Calls.
    pub requests: u64,
    /// Tokens read by models.
    pub prompt_tokens: u64,
    /// Tokens written by models.
    pub completion_tokens: u64,
}

impl DailyUsage {
    /// All tokens.
    #[must_use]
    pub const fn tokens(self) -> u64 {
        self.prompt_tokens.saturating_add(self.completion_tokens)
    }
}

/// Whether `tenant` may ask the provider now. `limit` is in tokens per day; 0 is no limit.
///
/// # Errors
/// The database failed.
pub async fn check_budget<C: Connection>(
    connection: &C,
    tenant: TenantId,
    limit: u64,
    now: Timestamp,
) -> Result<Budget, StorageError> {
    if limit == 0 || daily_usage(connection, tenant, now).await?.tokens() < limit {
        Ok(Budget::Open)
    } else {
        Ok(Budget::Spent)
    }
}

/// What `tenant` has used since the day began.
///
/// # Errors
/// The database failed.
pub async fn daily_usage<C: Connection>(
    connection: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<DailyUsage, StorageError> {
    let row = store::usage(connection, tenant, &day(now)).await?;
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    Ok(row.map_or_else(DailyUsage::default, |row| DailyUsage {
        requests: count(row.requests),
        prompt_tokens: count(row.prompt_tokens),
        completion_tokens: count(row.completion_tokens),
    }))
}

/// Charges a call to the day's budget of `tenant`.
///
/// # Errors
/// The database failed.
pub async fn record_usage<C: Connection>(
    connection: &C,
    tenant: TenantId,
    usage: TokenUsage,
    now: Timestamp,
) -> Result<(), StorageError> {
    let (prompt, completion) = (i64::from(usage.prompt), i64::from(usage.completion));
    let values = [tenant.into(), day(now).into(), prompt.into(), completion.into()];
    sql::execute(connection, ADD_USAGE, values).await?;
    Ok(())
}

fn day(now: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(now.as_millis()).unwrap_or_default();
    instant.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}
