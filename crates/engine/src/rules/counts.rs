//! How often each rule answered, and how much was left to the default reply: counted from the log, stored nowhere.

use std::collections::HashMap;
use std::time::Duration;

use domain::ids::{AccountId, RuleId};
use domain::time::Timestamp;
use domain::views::{DefaultShare, Moment};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::identity::TenantTime;
use crate::storage::{StorageError, sql};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The replies of one rule.
#[derive(Debug, Clone)]
pub(super) struct RuleCount {
    pub(super) in_7_days: u32,
    pub(super) in_30_days: u32,
    pub(super) last: Option<Moment>,
}

#[derive(FromQueryResult)]
struct CountRow {
    id: Uuid,
    in_7_days: i64,
    in_30_days: i64,
    last_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct ShareRow {
    replies: i64,
    by_default: i64,
}

/// By rule, for the rules in the list.
pub(super) async fn of_rules<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
    time: &TenantTime,
) -> Result<HashMap<RuleId, RuleCount>, StorageError> {
    // Each subquery is a range of one index.
    let text = "SELECT r.id AS id,
            (SELECT COUNT(*) FROM messages m WHERE m.rule_id = r.id AND m.direction = 'inbound' AND m.outcome = 'sent'
                AND m.created_at >= $2) AS in_7_days,
            (SELECT COUNT(*) FROM messages m WHERE m.rule_id = r.id AND m.direction = 'inbound' AND m.outcome = 'sent'
                AND m.created_at >= $3) AS in_30_days,
            (SELECT MAX(m.created_at) FROM messages m WHERE m.rule_id = r.id AND m.direction = 'inbound'
                AND m.outcome = 'sent') AS last_at
        FROM rules r WHERE r.account_id = $1 AND r.deleted_at IS NULL";
    let since = |days: u32| (time.now() - DAY * days).as_millis();
    let values = [account.as_uuid().into(), since(7).into(), since(30).into()];
    let rows = sql::all::<CountRow, C>(connection, text, values).await?;
    let count = |row: CountRow| RuleCount {
        in_7_days: number(row.in_7_days),
        in_30_days: number(row.in_30_days),
        last: row.last_at.map(|at| time.moment(Timestamp::from_millis(at))),
    };
    Ok(rows
        .into_iter()
        .map(|row| (RuleId::from_uuid(row.id), count(row)))
        .collect())
}

/// Of the replies of the last 30 days.
pub(super) async fn default_share<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<DefaultShare, StorageError> {
    let text = "SELECT COUNT(*) AS replies, COUNT(*) - COUNT(rule_id) AS by_default FROM messages
        WHERE account_id = $1 AND direction = 'inbound' AND created_at >= $2 AND outcome = 'sent'";
    let values = [account.as_uuid().into(), (now - DAY * 30).as_millis().into()];
    let row = sql::optional::<ShareRow, C>(connection, text, values).await?;
    Ok(row.map_or_else(DefaultShare::default, |row| DefaultShare {
        replies: number(row.replies),
        by_default: number(row.by_default),
    }))
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
