//! What a rule was called, and at which place it stood, when it answered: a log tells what was true then. Derived from the history of
//! changes, laid backwards over the present.

use std::collections::HashMap;

use domain::ids::{AccountId, RuleId, TenantId};
use domain::time::Timestamp;

use super::sql::{CHANGES_AFTER, PastChange};
use crate::storage::{Connection, StorageError, sql};

/// Changes that are looked at. Where there were more, the place of a rule before them is not told.
const MOST: i64 = 1_000;

/// The changes since some moment, newest first.
#[derive(Debug, Default)]
pub(crate) struct RulesAsOf {
    changes: HashMap<AccountId, Vec<Undo>>,
    /// Nothing is known of changes at or before this moment.
    blind_until: Option<Timestamp>,
}

/// What a change took away.
#[derive(Debug)]
struct Undo {
    at: Timestamp,
    order: Option<Vec<RuleId>>,
    labels: HashMap<RuleId, String>,
}

/// A rule as it stands, or as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedRule {
    pub(crate) label: Option<String>,
    /// None when it is deleted, or not known.
    pub(crate) position: Option<i64>,
}

impl RulesAsOf {
    /// Reads the changes of a tenant's accounts after `since`; none without it.
    pub(crate) async fn since<C: Connection>(
        connection: &C,
        tenant: TenantId,
        since: Option<Timestamp>,
    ) -> Result<Self, StorageError> {
        let Some(since) = since else {
            return Ok(Self::default());
        };
        let values = [tenant.into(), since.into(), MOST.into()];
        let rows = sql::all::<PastChange, _>(connection, CHANGES_AFTER, values).await?;
        let is_cut = i64::try_from(rows.len()).is_ok_and(|count| count == MOST);
        let mut all = Self {
            changes: HashMap::new(),
            blind_until: rows.last().filter(|_| is_cut).map(|row| row.created_at),
        };
        for row in rows {
            let labels = row.said_before.rules.into_iter();
            let labels = labels.filter_map(|(id, rule)| Some((id, rule?.label))).collect();
            all.changes.entry(row.account_id).or_default().push(Undo {
                at: row.created_at,
                order: row.said_before.order,
                labels,
            });
        }
        Ok(all)
    }

    /// `rule` as it was at `at`, which is `present` now.
    pub(crate) fn at(&self, account: AccountId, rule: RuleId, at: Timestamp, present: NamedRule) -> NamedRule {
        let later = self.changes.get(&account).into_iter().flatten();
        let mut named = later
            .take_while(|change| change.at > at)
            .fold(present, |named, change| NamedRule {
                label: change.labels.get(&rule).cloned().or(named.label),
                position: match &change.order {
                    Some(order) => place(order, rule),
                    None => named.position,
                },
            });
        if self.blind_until.is_some_and(|until| at <= until) {
            named.position = None;
        }
        named
    }
}

fn place(order: &[RuleId], rule: RuleId) -> Option<i64> {
    let index = order.iter().position(|id| *id == rule)?;
    i64::try_from(index + 1).ok()
}
