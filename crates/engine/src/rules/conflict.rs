//! What a person is shown when somebody else was faster: both sides, and who did what, when.

use domain::ids::{AccountId, TenantId};
use domain::rules::RuleDraft;
use domain::views::{ListConflict, RuleConflict};

use super::{RulesError, page};
use crate::clock::SharedClock;
use crate::identity::{self, TenantTime};
use crate::storage::Database;
use crate::storage::entity::rules::Model as RuleRow;

const LIST_CHANGES: [&str; 8] = [
    "rules.added",
    "rules.moved",
    "rules.deleted",
    "rules.restored",
    "rules.duplicated",
    "rules.imported",
    "rules.copied",
    "rules.went_back",
];

/// The same rule was edited.
pub(super) async fn rule_conflict(
    database: &Database,
    clock: &SharedClock,
    tenant: TenantId,
    theirs: RuleRow,
    mine: RuleDraft,
) -> Result<RulesError, RulesError> {
    let reader = database.reader();
    let time = TenantTime::of(reader, tenant, clock.now()).await?;
    let last = identity::last_change(reader, tenant, theirs.id.as_uuid(), &["rules.edited"]).await?;
    Ok(RulesError::RuleChanged(Box::new(RuleConflict {
        changed_at: time.moment(theirs.updated_at),
        theirs: theirs.into(),
        mine,
        changed_by: last.and_then(|last| last.by),
    })))
}

/// The list has another order or other rules.
pub(super) async fn list_conflict(
    database: &Database,
    clock: &SharedClock,
    tenant: TenantId,
    account: AccountId,
) -> Result<RulesError, RulesError> {
    let current = page::page(database, clock, tenant, account).await?;
    let reader = database.reader();
    let time = TenantTime::of(reader, tenant, clock.now()).await?;
    let last = identity::last_change(reader, tenant, account.as_uuid(), &LIST_CHANGES).await?;
    let changed_at = last
        .as_ref()
        .map_or_else(|| current.saved.clone(), |last| time.moment(last.at));
    let (what, changed_by) = last.map_or((None, None), |last| (Some(last.what), last.by));
    Ok(RulesError::ListChanged(Box::new(ListConflict {
        current,
        what,
        changed_by,
        changed_at,
    })))
}
