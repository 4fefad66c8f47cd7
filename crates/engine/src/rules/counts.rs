//! How often each rule answered, and how much was left to the default reply: counted from the log, stored nowhere.

use std::collections::HashMap;
use std::time::Duration;

use domain::ids::{AccountId, RuleId};
use domain::messages::{Direction, MessageOutcome};
use domain::time::Timestamp;
use domain::views::DefaultShare;

use super::sql::{DEFAULT_SHARE, RULE_COUNTS, RuleCount};
use crate::storage::{Connection, StorageError, sql};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// By rule, for the rules in the list.
pub(super) async fn of_rules<C: Connection>(
    connection: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<HashMap<RuleId, RuleCount>, StorageError> {
    let values = [account.into(), (now - DAY * 7).into(), (now - DAY * 30).into()];
    let counts = sql::all::<RuleCount, C>(connection, RULE_COUNTS, values).await?;
    Ok(counts.into_iter().map(|count| (count.id, count)).collect())
}

/// Of the replies of the last 30 days.
pub(super) async fn default_share<C: Connection>(
    connection: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<DefaultShare, StorageError> {
    let values = [
        account.into(),
        (now - DAY * 30).into(),
        Direction::Inbound.into(),
        MessageOutcome::Sent.into(),
    ];
    let (replies, by_default): (i64, i64) = sql::value(connection, DEFAULT_SHARE, values).await?.unwrap_or_default();
    Ok(DefaultShare {
        replies: number(replies),
        by_default: number(by_default),
    })
}

pub(super) fn number(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
