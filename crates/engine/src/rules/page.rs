//! The rules page: the list, how often each rule replied, and what can be brought back.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::time::Timestamp;
use domain::views::{DeletedRule, RuleRow, RulesPage};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{RulesError, counts, list, store};
use crate::accounts::AccountFacts;
use crate::clock::SharedClock;
use crate::identity::TenantTime;
use crate::storage::{Database, StorageError, sql};

#[derive(FromQueryResult)]
struct DeletedRow {
    id: Uuid,
    label: String,
    deleted_at: i64,
}

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
    let facts = AccountFacts::of_one(reader, tenant, account)
        .await?
        .ok_or(RulesError::NotFound)?;
    let time = TenantTime::of(reader, tenant, clock.now()).await?;
    let config = store::load_reply_config(reader, account)
        .await?
        .ok_or(RulesError::NotFound)?;
    let counts = counts::of_rules(reader, account, &time).await?;
    let row = |(index, rule): (usize, domain::rules::ReplyRule)| RuleRow {
        position: u32::try_from(index + 1).unwrap_or(u32::MAX),
        hits: counts.get(&rule.id).map_or(0, |count| count.in_7_days),
        hits_30: counts.get(&rule.id).map_or(0, |count| count.in_30_days),
        last_hit: counts.get(&rule.id).and_then(|count| count.last.clone()),
        rule,
    };
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
        rules: config.rules.into_iter().enumerate().map(row).collect(),
    })
}

async fn deleted<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
    time: &TenantTime,
) -> Result<Vec<DeletedRule>, StorageError> {
    let text = "SELECT id, label, deleted_at FROM rules
        WHERE account_id = $1 AND deleted_at IS NOT NULL AND deleted_at >= $2
        ORDER BY deleted_at DESC, id DESC LIMIT 20";
    let since = time.now() - list::KEPT_FOR;
    let rows =
        sql::all::<DeletedRow, C>(connection, text, [account.as_uuid().into(), since.as_millis().into()]).await?;
    let rule = |row: DeletedRow| DeletedRule {
        id: RuleId::from_uuid(row.id),
        label: row.label,
        deleted: time.moment(Timestamp::from_millis(row.deleted_at)),
    };
    Ok(rows.into_iter().map(rule).collect())
}
