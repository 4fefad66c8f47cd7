//! The rules page: the list, how often each rule replied, and what can be brought back.

use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::rules::ReplyRule;
use domain::views::{DeletedRule, RuleRow, RulesPage};

use super::names::account_names;
use super::{RulesError, counts, store};
use crate::accounts::AccountFacts;
use crate::clock::SharedClock;
use crate::identity::TenantTime;
use crate::storage::{Connection, Database, StorageError};

/// How long a deleted rule can be restored.
pub(super) const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The page of one account.
///
/// # Errors
/// [`RulesError::NotFound`] for an account that is not there or another tenant's.
pub(super) async fn page(
    database: &Database,
    clock: &SharedClock,
    tenant: TenantId,
    account: AccountId,
) -> Result<RulesPage, RulesError> {
    let reader = database.reader();
    let facts = AccountFacts::of_one(reader, tenant, account, clock.now())
        .await?
        .ok_or(RulesError::NotFound)?;
    let time = TenantTime::of(reader, tenant, clock.now()).await?;
    let config = store::load_reply_config(reader, account)
        .await?
        .ok_or(RulesError::NotFound)?;
    let counts = counts::of_rules(reader, account, time.now()).await?;
    let row = |(index, rule): (usize, ReplyRule)| {
        let count = counts.get(&rule.id);
        RuleRow {
            position: counts::number(index + 1),
            hits: count.map_or(0, |count| counts::number(count.in_7_days)),
            hits_30: count.map_or(0, |count| counts::number(count.in_30_days)),
            last_hit: count.and_then(|count| count.last_at).map(|at| time.moment(at)),
            rule,
        }
    };
    let names = account_names(reader, tenant).await?;
    let others = names.into_iter().filter(|other| other.id != account);
    Ok(RulesPage {
        account: facts.brief(&time),
        status: facts.status_sentence(&time),
        list_version: config.list_version,
        revision: config.revision,
        default_reply: config.default_reply,
        default_version: config.default_version,
        default_share: counts::default_share(reader, account, time.now()).await?,
        saved: time.moment(facts.rules_saved_at()),
        deleted: deleted(reader, account, &time).await?,
        others: others.collect(),
        rules: config.rules.into_iter().enumerate().map(row).collect(),
    })
}

pub(super) async fn deleted<C: Connection>(
    connection: &C,
    account: AccountId,
    time: &TenantTime,
) -> Result<Vec<DeletedRule>, StorageError> {
    let rules = store::deleted_rules(connection, account, time.now() - KEPT_FOR).await?;
    let view = |(id, label, at)| DeletedRule {
        id,
        label,
        deleted: time.moment(at),
        until: time.moment(at + KEPT_FOR),
    };
    Ok(rules.into_iter().map(view).collect())
}
