//! What a person is shown when somebody else was faster: both sides, and who did what, when.

use domain::ids::AccountId;
use domain::rules::{ReplyRule, RuleDraft};
use domain::time::Timestamp;
use domain::views::{ListConflict, RuleConflict};

use super::{Rules, RulesError};
use crate::identity::{self, TenantTime};

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
    rules: &Rules,
    theirs: ReplyRule,
    mine: RuleDraft,
    updated_at: i64,
) -> Result<RuleConflict, RulesError> {
    let reader = rules.database.reader();
    let time = TenantTime::of(reader, rules.tenant, rules.clock.now()).await?;
    let last = identity::last_change(reader, rules.tenant, theirs.id.as_uuid(), &["rules.edited"]).await?;
    Ok(RuleConflict {
        theirs,
        mine,
        changed_by: last.and_then(|last| last.by),
        changed_at: time.moment(Timestamp::from_millis(updated_at)),
    })
}

/// The list has another order or other rules.
pub(super) async fn list_conflict(rules: &Rules, account: AccountId) -> Result<ListConflict, RulesError> {
    let current = rules.page(account).await?;
    let reader = rules.database.reader();
    let time = TenantTime::of(reader, rules.tenant, rules.clock.now()).await?;
    let last = identity::last_change(reader, rules.tenant, account.as_uuid(), &LIST_CHANGES).await?;
    let changed_at = last
        .as_ref()
        .map_or_else(|| current.saved.clone(), |last| time.moment(last.at));
    let (what, changed_by) = last.map_or((None, None), |last| (Some(last.what), last.by));
    Ok(ListConflict {
        current,
        what,
        changed_by,
        changed_at,
    })
}
