//! Rows of accounts. What changes a status is in `state`.

use std::collections::HashMap;

use domain::accounts::{AccountStatusKind, ChannelKind};
use domain::ai_fallback::AiFallback;
use domain::default_reply::DefaultReplyFrequency;
use domain::ids::{AccountId, ConversationId, TenantId};
use domain::rules::Response;
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait, QuerySelect, UpdateMany};

use super::sql::{KNOWN_ACCOUNT, USERNAMES};
use crate::storage::entity::{accounts, conversations, instagram_accounts, reply_configs, tenants};
use crate::storage::{Connection, StorageError, sql};

/// What an admin sets.
#[derive(Debug, Clone)]
pub(super) enum Setting {
    /// The switch *Enabled*.
    Enabled(bool),
    /// The switch *Auto-reply*.
    AutoReply(bool),
    /// 0 is off.
    QuietHours(u32),
    /// Whether AI replies remember.
    AiMemory(bool),
    /// What happens when no answer of the AI may be sent.
    AiFallback(AiFallback),
    /// How often one customer gets the default reply.
    DefaultReplyFrequency(DefaultReplyFrequency),
}

/// The names of a tenant's accounts, or of one, without the @.
pub(crate) async fn usernames<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: Option<AccountId>,
) -> Result<HashMap<AccountId, String>, StorageError> {
    let values = [tenant.into(), account.is_none().into(), account.into()];
    let names = sql::values(connection, USERNAMES, values).await?;
    Ok(names.into_iter().collect())
}

/// Changes a setting; false when the tenant has no such account.
pub(super) async fn change_setting<C: Connection>(
    tx: &C,
    tenant: TenantId,
    account: AccountId,
    setting: Setting,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let mut columns = accounts::ActiveModel {
        updated_at: Set(now),
        ..Default::default()
    };
    match setting {
        Setting::Enabled(on) => columns.enabled = Set(on),
        Setting::AutoReply(on) => columns.auto_reply = Set(on),
        Setting::QuietHours(hours) => columns.human_quiet_hours = Set(i64::from(hours)),
        Setting::AiMemory(on) => columns.ai_memory = Set(on),
        Setting::AiFallback(choice) => columns.ai_fallback = Set(choice),
        Setting::DefaultReplyFrequency(frequency) => columns.default_reply_frequency = Set(frequency),
    }
    let update = update_with_version(columns).filter(accounts::Column::TenantId.eq(tenant));
    let changed = update.filter(accounts::Column::Id.eq(account)).exec(tx).await?;
    Ok(changed.rows_affected > 0)
}

fn update_with_version(columns: accounts::ActiveModel) -> UpdateMany<accounts::Entity> {
    let version = Expr::col(accounts::Column::Version).add(1);
    accounts::Entity::update_many()
        .set(columns)
        .col_expr(accounts::Column::Version, version)
}

pub(super) async fn quiet_hours<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<i64>, StorageError> {
    let hours = accounts::find_for(tenant)
        .filter(accounts::Column::Id.eq(account))
        .select_only()
        .column(accounts::Column::HumanQuietHours);
    Ok(hours.into_tuple().one(connection).await?)
}

/// Whether AI replies of an account remember, what happens when no answer may be sent, and how often one customer gets the default
/// reply. None for another tenant's account.
pub(super) async fn reply_settings<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<(bool, AiFallback, DefaultReplyFrequency)>, StorageError> {
    use accounts::Column;
    let settings = accounts::find_for(tenant).filter(Column::Id.eq(account)).select_only();
    let settings = settings.columns([Column::AiMemory, Column::AiFallback, Column::DefaultReplyFrequency]);
    Ok(settings.into_tuple().one(connection).await?)
}

/// Ends the quiet of a conversation, also when a person wrote by a clock that is ahead of ours. None when the tenant has no such
/// conversation.
pub(super) async fn resume_conversation<C: Connection>(
    tx: &C,
    tenant: TenantId,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<Option<conversations::Model>, StorageError> {
    use conversations::Column;
    let found = conversations::Entity::find_by_id(conversation).filter(Column::TenantId.eq(tenant));
    let Some(quiet) = found.one(tx).await? else {
        return Ok(None);
    };
    let moments = [quiet.last_human_at, quiet.left_to_person_at];
    let resumed_at = moments.into_iter().flatten().fold(now, Ord::max);
    let resumed = conversations::Entity::update_many()
        .col_expr(Column::ResumedAt, Expr::value(resumed_at))
        .filter(Column::Id.eq(conversation))
        .filter(Column::TenantId.eq(tenant));
    let Some(row) = resumed.exec_with_returning(tx).await?.pop() else {
        return Ok(None);
    };
    // Other people's open pages notice by the account's version.
    let columns = accounts::ActiveModel {
        updated_at: Set(now),
        ..Default::default()
    };
    let noticed = update_with_version(columns).filter(accounts::Column::Id.eq(row.account_id));
    noticed.exec(tx).await?;
    Ok(Some(row))
}

pub(super) async fn tenant_exists<C: Connection>(tx: &C, tenant: TenantId) -> Result<bool, StorageError> {
    Ok(tenants::Entity::find_by_id(tenant).exists(tx).await?)
}

/// The tenant's account of that Instagram id, connected or not.
pub(super) async fn known_account<C: Connection>(
    tx: &C,
    tenant: TenantId,
    ig_id: &str,
) -> Result<Option<AccountId>, StorageError> {
    sql::value(tx, KNOWN_ACCOUNT, [tenant.into(), ig_id.into()]).await
}

/// Ids and names as they are stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct InstagramNames<'a> {
    pub(super) ig_id: &'a str,
    pub(super) page_id: &'a str,
    pub(super) username: &'a str,
    pub(super) name: &'a str,
}

impl InstagramNames<'_> {
    fn connected(self) -> instagram_accounts::ActiveModel {
        instagram_accounts::ActiveModel {
            page_id: Set(self.page_id.into()),
            username: Set(self.username.into()),
            name: Set(self.name.into()),
            connected: Set(true),
            ..Default::default()
        }
    }
}

pub(super) async fn connect_instagram<C: Connection>(
    tx: &C,
    account: AccountId,
    names: InstagramNames<'_>,
) -> Result<(), StorageError> {
    let update = instagram_accounts::Entity::update_many().set(names.connected());
    let update = update.filter(instagram_accounts::Column::AccountId.eq(account));
    update.exec(tx).await?;
    Ok(())
}

/// A new account that answers everything with `reply`.
pub(super) async fn insert_instagram<C: Connection>(
    tx: &C,
    (tenant, account): (TenantId, AccountId),
    names: InstagramNames<'_>,
    auto_reply: bool,
    reply: Response,
    now: Timestamp,
) -> Result<(), StorageError> {
    let row = accounts::ActiveModel {
        id: Set(account),
        tenant_id: Set(tenant),
        channel: Set(ChannelKind::Instagram),
        enabled: Set(true),
        auto_reply: Set(auto_reply),
        status: Set(AccountStatusKind::Connected),
        status_since: Set(now),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    accounts::Entity::insert(row).exec_without_returning(tx).await?;
    let row = instagram_accounts::ActiveModel {
        account_id: Set(account),
        ig_id: Set(names.ig_id.into()),
        ..names.connected()
    };
    instagram_accounts::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let row = reply_configs::Model {
        account_id: account,
        tenant_id: tenant,
        revision: 1,
        list_version: 1,
        default_response: reply,
        default_version: 1,
        updated_at: now,
    };
    reply_configs::Entity::insert(reply_configs::ActiveModel::from(row))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
