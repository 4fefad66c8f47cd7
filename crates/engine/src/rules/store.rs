//! Rows of reply configs, their rules, changes and examples.

use domain::ids::{AccountId, ExampleId, RuleId, TenantId};
use domain::reply_config::Snapshot;
use domain::rules::{ReplyConfig, ReplyRule, Response, RuleDraft};
use domain::simulate::TriedMessage;
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, ExprTrait, QueryOrder, QuerySelect, UpdateMany};

use super::sql::{CONFIG, ConfigRow};
use crate::storage::entity::{examples, reply_config_changes, reply_configs, rules, tenants};
use crate::storage::{Connection, StorageError, sql};

/// Whether a change touches order, number or only the text of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListChange {
    /// Order, add, delete: `list_version` grows.
    Yes,
    /// Text or switch of one rule, or the default reply.
    No,
}

/// Counts a change and thereby locks the config until the transaction ends: changes of one account's rules happen one
/// after the other on both databases. None for another tenant's account.
pub(super) async fn lock_config<C: Connection>(
    tx: &C,
    tenant: TenantId,
    account: AccountId,
    list: ListChange,
    now: Timestamp,
) -> Result<Option<reply_configs::Model>, StorageError> {
    use reply_configs::Column;
    let growth = i64::from(list == ListChange::Yes);
    let counted = reply_configs::Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::ListVersion, Expr::col(Column::ListVersion).add(growth))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::AccountId.eq(account))
        .filter(Column::TenantId.eq(tenant));
    Ok(counted.exec_with_returning(tx).await?.pop())
}

/// Locks the reply configs of a tenant until the transaction ends, as [`lock_config`] does, in one order.
pub(crate) async fn lock_configs_of<C: Connection>(tx: &C, tenant: TenantId) -> Result<(), StorageError> {
    use reply_configs::Column;
    let locked = reply_configs::Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::col(Column::UpdatedAt))
        .filter(Column::TenantId.eq(tenant));
    locked.exec(tx).await?;
    Ok(())
}

/// The account's rules and default reply as they are at one moment; deleted rules are left out. None when the account
/// has no reply config. For the pipeline and other callers that know whose account it is.
///
/// # Errors
/// [`StorageError::Corrupt`] for a rule that cannot be read.
pub async fn load_reply_config<C: Connection>(
    connection: &C,
    account: AccountId,
) -> Result<Option<ReplyConfig>, StorageError> {
    Ok(reply_config(sql::all(connection, CONFIG, [account.into()]).await?))
}

/// As [`load_reply_config`]; none for another tenant's account.
pub(super) async fn reply_config_of<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<ReplyConfig>, StorageError> {
    let mut rows: Vec<ConfigRow> = sql::all(connection, CONFIG, [account.into()]).await?;
    rows.retain(|row| row.tenant_id == tenant);
    Ok(reply_config(rows))
}

fn reply_config(mut rows: Vec<ConfigRow>) -> Option<ReplyConfig> {
    let rules = rows.iter_mut().filter_map(|row| row.rule.take()).collect();
    rows.into_iter().next().map(|row| ReplyConfig {
        revision: row.revision,
        list_version: row.list_version,
        default_reply: row.default_response,
        default_version: row.default_version,
        rules,
    })
}

/// What the reply config of an account says.
pub(super) async fn snapshot<C: Connection>(connection: &C, account: AccountId) -> Result<Snapshot, StorageError> {
    let config = load_reply_config(connection, account).await?;
    let config = config.ok_or(StorageError::Corrupt("reply config of an account"))?;
    Ok(Snapshot::of(&config))
}

pub(crate) async fn set_default_reply<C: Connection>(
    tx: &C,
    account: AccountId,
    reply: &Response,
) -> Result<(), StorageError> {
    use reply_configs::Column;
    let changed = reply_configs::Entity::update_many()
        .col_expr(Column::DefaultResponse, Expr::value(reply.clone()))
        .col_expr(Column::DefaultVersion, Expr::col(Column::DefaultVersion).add(1))
        .filter(Column::AccountId.eq(account));
    changed.exec(tx).await?;
    Ok(())
}

/// The account a rule belongs to, deleted rules included. None for another tenant's rule.
pub(super) async fn account_of<C: Connection>(
    connection: &C,
    tenant: TenantId,
    rule: RuleId,
) -> Result<Option<AccountId>, StorageError> {
    let account = rules::find_for(tenant)
        .filter(rules::Column::Id.eq(rule))
        .select_only()
        .column(rules::Column::AccountId);
    Ok(account.into_tuple().one(connection).await?)
}

/// One rule of an account, deleted or not.
pub(super) async fn rule<C: Connection>(
    connection: &C,
    account: AccountId,
    rule: RuleId,
) -> Result<Option<rules::Model>, StorageError> {
    let found = rules::Entity::find_by_id(rule).filter(rules::Column::AccountId.eq(account));
    Ok(found.one(connection).await?)
}

impl From<rules::Model> for ReplyRule {
    fn from(row: rules::Model) -> Self {
        Self {
            id: row.id,
            label: row.label,
            matcher: row.matcher,
            response: row.response,
            enabled: row.enabled,
            leave_to_person: row.leave_to_person,
            version: row.version,
        }
    }
}

/// Every rule of a tenant that is in a list: id, account, name and place, account by account in order.
pub(super) async fn rule_names<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<(RuleId, AccountId, String, i64)>, StorageError> {
    use rules::Column;
    let names = rules::find_for(tenant)
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::AccountId)
        .order_by_asc(Column::Position)
        .select_only()
        .columns([Column::Id, Column::AccountId, Column::Label, Column::Position]);
    Ok(names.into_tuple().all(connection).await?)
}

/// Rules that were deleted since then, the latest first.
pub(super) async fn deleted_rules<C: Connection>(
    connection: &C,
    account: AccountId,
    since: Timestamp,
) -> Result<Vec<(RuleId, String, Timestamp)>, StorageError> {
    use rules::Column;
    let deleted = rules::Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::DeletedAt.gte(since))
        .order_by_desc(Column::DeletedAt)
        .order_by_desc(Column::Id)
        .limit(20)
        .select_only()
        .columns([Column::Id, Column::Label, Column::DeletedAt]);
    Ok(deleted.into_tuple().all(connection).await?)
}

pub(super) async fn insert_rule<C: Connection>(tx: &C, row: rules::Model) -> Result<(), StorageError> {
    let insert = rules::Entity::insert(rules::ActiveModel::from(row));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// Writes what `draft` says, apart from its switch.
pub(super) async fn save_text<C: Connection>(
    tx: &C,
    rule: RuleId,
    draft: &RuleDraft,
    now: Timestamp,
) -> Result<(), StorageError> {
    let saved = text_update(draft, now).filter(rules::Column::Id.eq(rule));
    saved.exec(tx).await?;
    Ok(())
}

/// Writes what `draft` says, where it stands, and that it is not deleted; false when there is no such rule.
pub(super) async fn save_rule<C: Connection>(
    tx: &C,
    account: AccountId,
    rule: RuleId,
    draft: &RuleDraft,
    position: i64,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let place = rules::ActiveModel {
        position: Set(position),
        enabled: Set(draft.enabled),
        deleted_at: Set(None),
        ..Default::default()
    };
    let saved = text_update(draft, now)
        .set(place)
        .filter(rules::Column::Id.eq(rule))
        .filter(rules::Column::AccountId.eq(account));
    Ok(saved.exec(tx).await?.rows_affected > 0)
}

fn text_update(draft: &RuleDraft, now: Timestamp) -> UpdateMany<rules::Entity> {
    let text = rules::ActiveModel {
        label: Set(draft.label.clone()),
        matcher: Set(draft.matcher.clone()),
        response: Set(draft.response.clone()),
        leave_to_person: Set(draft.leave_to_person),
        updated_at: Set(now),
        ..Default::default()
    };
    let version = Expr::col(rules::Column::Version).add(1);
    rules::Entity::update_many()
        .set(text)
        .col_expr(rules::Column::Version, version)
}

pub(super) async fn set_enabled<C: Connection>(tx: &C, rule: RuleId, enabled: bool) -> Result<(), StorageError> {
    let switch = rules::ActiveModel {
        enabled: Set(enabled),
        ..Default::default()
    };
    set(tx, rule, switch).await
}

pub(super) async fn set_position<C: Connection>(tx: &C, rule: RuleId, position: i64) -> Result<(), StorageError> {
    let place = rules::ActiveModel {
        position: Set(position),
        ..Default::default()
    };
    set(tx, rule, place).await
}

pub(super) async fn delete_rule<C: Connection>(tx: &C, rule: RuleId, now: Timestamp) -> Result<(), StorageError> {
    let deleted = rules::ActiveModel {
        deleted_at: Set(Some(now)),
        ..Default::default()
    };
    set(tx, rule, deleted).await
}

pub(super) async fn restore_rule<C: Connection>(tx: &C, rule: RuleId, position: i64) -> Result<(), StorageError> {
    let restored = rules::ActiveModel {
        deleted_at: Set(None),
        position: Set(position),
        ..Default::default()
    };
    set(tx, rule, restored).await
}

async fn set<C: Connection>(tx: &C, rule: RuleId, columns: rules::ActiveModel) -> Result<(), StorageError> {
    let update = rules::Entity::update_many()
        .set(columns)
        .filter(rules::Column::Id.eq(rule));
    update.exec(tx).await?;
    Ok(())
}

/// Moves the rules from `first` to `last` by `by`, and parks them on negative numbers.
pub(super) async fn park_positions<C: Connection>(
    tx: &C,
    account: AccountId,
    (first, last): (i64, i64),
    by: i64,
) -> Result<(), StorageError> {
    use rules::Column;
    let parked = Expr::col(Column::Position).add(by).mul(-1);
    let in_range = live_rules(account).add(Column::Position.between(first, last));
    let update = rules::Entity::update_many().col_expr(Column::Position, parked);
    update.filter(in_range).exec(tx).await?;
    Ok(())
}

/// Brings parked rules back.
pub(super) async fn settle_positions<C: Connection>(tx: &C, account: AccountId) -> Result<(), StorageError> {
    use rules::Column;
    let settled = Expr::col(Column::Position).mul(-1);
    let parked = live_rules(account).add(Column::Position.lt(0));
    let update = rules::Entity::update_many().col_expr(Column::Position, settled);
    update.filter(parked).exec(tx).await?;
    Ok(())
}

fn live_rules(account: AccountId) -> Condition {
    Condition::all()
        .add(rules::Column::AccountId.eq(account))
        .add(rules::Column::DeletedAt.is_null())
}

/// Keeps both sides of a change beside its audit row.
pub(super) async fn insert_change<C: Connection>(
    tx: &C,
    change: reply_config_changes::Model,
) -> Result<(), StorageError> {
    let insert = reply_config_changes::Entity::insert(reply_config_changes::ActiveModel::from(change));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// The line that says that replies are automated.
pub(super) async fn disclosure_line<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Option<String>, StorageError> {
    let line = tenants::Entity::find_by_id(tenant)
        .select_only()
        .column(tenants::Column::Disclosure);
    Ok(line.into_tuple::<Option<String>>().one(connection).await?.flatten())
}

/// The oldest first.
pub(super) async fn examples<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<(ExampleId, TriedMessage)>, StorageError> {
    use examples::Column;
    let kept = examples::find_for(tenant)
        .filter(Column::AccountId.eq(account))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .select_only()
        .columns([Column::Id, Column::Message]);
    Ok(kept.into_tuple().all(connection).await?)
}

/// False when the tenant has no such example.
pub(super) async fn delete_example<C: Connection>(
    connection: &C,
    tenant: TenantId,
    example: ExampleId,
) -> Result<bool, StorageError> {
    let delete = examples::Entity::delete_by_id(example).filter(examples::Column::TenantId.eq(tenant));
    Ok(delete.exec(connection).await?.rows_affected > 0)
}
