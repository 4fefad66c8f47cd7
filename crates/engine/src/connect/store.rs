//! The rows of connections and login attempts: statements on one table.

use domain::accounts::AccountStatusKind;
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use domain::views::ConnectStep;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{DerivePartialModel, QueryOrder, QuerySelect, UpdateMany};

use crate::channels::instagram::Subscription;
use crate::memory;
use crate::storage::entity::{
    accounts, connect_visits, conversations, deletion_requests, inbound_events, instagram_accounts, messages,
    sealed_values,
};
use crate::storage::{Database, StorageError, Transaction};
use crate::vault::SealedPurpose;
use crate::vault::store::destroy_content_of;

/// What the status page of a deletion tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "deletion_requests::Entity")]
pub struct DeletionStatus {
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When it was done.
    pub done_at: Timestamp,
    /// How many connected accounts it concerned; 0 when nothing was stored about the person.
    pub accounts: i64,
}

pub(super) async fn deletion_status(database: &Database, code: String) -> Result<Option<DeletionStatus>, StorageError> {
    let request = deletion_requests::Entity::find_by_id(code).into_partial_model();
    Ok(request.one(database.reader()).await?)
}

/// Locks the row of an account in any state.
pub(super) async fn lock_account(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    lock(account).exec(tx).await?;
    Ok(())
}

/// Locks the row of an account that is not disconnected; whether there is one.
pub(super) async fn lock_connected(tx: &Transaction, account: AccountId) -> Result<bool, StorageError> {
    let connected = accounts::Column::Status.ne(AccountStatusKind::Disconnected);
    Ok(lock(account).filter(connected).exec(tx).await?.rows_affected > 0)
}

/// Locks the row of an account that was disconnected before `before`; whether there is one.
pub(super) async fn lock_ended(tx: &Transaction, account: AccountId, before: Timestamp) -> Result<bool, StorageError> {
    let ended = lock(account)
        .filter(accounts::Column::Status.eq(AccountStatusKind::Disconnected))
        .filter(accounts::Column::StatusSince.lt(before));
    Ok(ended.exec(tx).await?.rows_affected > 0)
}

/// Writes what is there: both databases lock a row that is written.
fn lock(account: AccountId) -> UpdateMany<accounts::Entity> {
    let updated_at = accounts::Column::UpdatedAt;
    let update = accounts::Entity::update_many().col_expr(updated_at, Expr::col(updated_at));
    update.filter(accounts::Column::Id.eq(account))
}

/// Marks an account of the tenant as changed; whether there is one.
pub(super) async fn touch(
    tx: &Transaction,
    tenant: TenantId,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed = accounts::ActiveModel {
        updated_at: Set(now),
        ..Default::default()
    };
    let update = accounts::Entity::update_many().set(changed);
    let update = update.filter(accounts::Column::Id.eq(account));
    let update = update.filter(accounts::Column::TenantId.eq(tenant));
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Accounts that were disconnected before `before`, a few of them.
pub(super) async fn ended_accounts(database: &Database, before: Timestamp) -> Result<Vec<AccountId>, StorageError> {
    let ended = accounts::Entity::find()
        .filter(accounts::Column::Status.eq(AccountStatusKind::Disconnected))
        .filter(accounts::Column::StatusSince.lt(before))
        .limit(20);
    let ids = ended.select_only().column(accounts::Column::Id).into_tuple();
    Ok(ids.all(database.reader()).await?)
}

pub(super) async fn delete_account_row(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    accounts::Entity::delete_by_id(account).exec(tx).await?;
    Ok(())
}

pub(super) async fn set_checked_at(tx: &Transaction, account: AccountId, now: Timestamp) -> Result<(), StorageError> {
    let checked = accounts::ActiveModel {
        token_checked_at: Set(Some(now)),
        ..Default::default()
    };
    update_account(tx, account, checked).await
}

pub(super) async fn set_expiry(
    tx: &Transaction,
    account: AccountId,
    token: Option<Timestamp>,
    data_access: Option<Timestamp>,
) -> Result<(), StorageError> {
    let expiry = accounts::ActiveModel {
        token_expires_at: Set(token),
        data_access_expires_at: Set(data_access),
        ..Default::default()
    };
    update_account(tx, account, expiry).await
}

async fn update_account(
    tx: &Transaction,
    account: AccountId,
    changed: accounts::ActiveModel,
) -> Result<(), StorageError> {
    let update = accounts::Entity::update_many().set(changed);
    update.filter(accounts::Column::Id.eq(account)).exec(tx).await?;
    Ok(())
}

/// Who connected an account and through which Page; nothing is known to be missing then.
pub(super) async fn set_login(
    tx: &Transaction,
    account: AccountId,
    person: Option<String>,
    page_name: &str,
    user_token_expires_at: Option<Timestamp>,
) -> Result<(), StorageError> {
    let login = instagram_accounts::ActiveModel {
        connected_by: Set(person),
        page_name: Set(page_name.into()),
        user_token_expires_at: Set(user_token_expires_at),
        missing_scopes: Set(String::new()),
        subscription_seen_at: Set(None),
        ..Default::default()
    };
    update_instagram(tx, account, login).await
}

pub(super) async fn set_user_token_expiry(
    tx: &Transaction,
    account: AccountId,
    expires_at: Option<Timestamp>,
) -> Result<(), StorageError> {
    let expiry = instagram_accounts::ActiveModel {
        user_token_expires_at: Set(expires_at),
        ..Default::default()
    };
    update_instagram(tx, account, expiry).await
}

/// A `person` that Meta did not name stays who it was.
pub(super) async fn set_missing_scopes(
    tx: &Transaction,
    account: AccountId,
    missing: String,
    person: Option<String>,
) -> Result<(), StorageError> {
    let scopes = instagram_accounts::ActiveModel {
        missing_scopes: Set(missing),
        connected_by: person.map_or(NotSet, |person| Set(Some(person))),
        ..Default::default()
    };
    update_instagram(tx, account, scopes).await
}

pub(super) async fn set_subscription(
    tx: &Transaction,
    account: AccountId,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<(), StorageError> {
    let seen_at = subscription.brings_messages().then_some(now);
    let fields = instagram_accounts::ActiveModel {
        subscribed_fields: Set(subscription.fields.join(",")),
        refused_fields: Set(subscription.refused.join(",")),
        subscription_seen_at: seen_at.map_or(NotSet, |at| Set(Some(at))),
        ..Default::default()
    };
    update_instagram(tx, account, fields).await
}

pub(super) async fn set_unconnected(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    let ended = instagram_accounts::ActiveModel {
        connected: Set(false),
        user_token_expires_at: Set(None),
        test_started_at: Set(None),
        ..Default::default()
    };
    update_instagram(tx, account, ended).await
}

async fn update_instagram(
    tx: &Transaction,
    account: AccountId,
    changed: instagram_accounts::ActiveModel,
) -> Result<(), StorageError> {
    let update = instagram_accounts::Entity::update_many().set(changed);
    let update = update.filter(instagram_accounts::Column::AccountId.eq(account));
    update.exec(tx).await?;
    Ok(())
}

/// Conversations take their messages' replies along; names and ids of the person and the Page are blanked.
pub(super) async fn delete_platform_data(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    destroy_content_of(tx, account).await?;
    memory::forget_account(tx, account).await?;
    let of_account = messages::Column::AccountId.eq(account);
    messages::Entity::delete_many().filter(of_account).exec(tx).await?;
    let of_account = conversations::Column::AccountId.eq(account);
    conversations::Entity::delete_many().filter(of_account).exec(tx).await?;
    let of_account = inbound_events::Column::AccountId.eq(account);
    inbound_events::Entity::delete_many()
        .filter(of_account)
        .exec(tx)
        .await?;
    let blank = instagram_accounts::ActiveModel {
        connected_by: Set(None),
        page_name: Set(String::new()),
        ..Default::default()
    };
    let update = instagram_accounts::Entity::update_many().set(blank);
    let username = Expr::col(instagram_accounts::Column::Username);
    let update = update.col_expr(instagram_accounts::Column::Name, username);
    let update = update.filter(instagram_accounts::Column::AccountId.eq(account));
    update.exec(tx).await?;
    Ok(())
}

/// When the account's Page token was stored; none without a token.
pub(super) async fn page_token_saved_at(
    tx: &Transaction,
    account: AccountId,
) -> Result<Option<Timestamp>, StorageError> {
    let token = sealed_values::Entity::find_by_id((account.as_uuid(), SealedPurpose::PageToken));
    let saved_at = token.select_only().column(sealed_values::Column::CreatedAt);
    Ok(saved_at.into_tuple().one(tx).await?)
}

pub(super) async fn insert_attempt(database: &Database, attempt: connect_visits::Model) -> Result<(), StorageError> {
    let insert = connect_visits::Entity::insert(connect_visits::ActiveModel::from(attempt));
    insert.exec_without_returning(database.writer()).await?;
    Ok(())
}

/// Asks the writer: the attempt may have begun an instant ago.
pub(super) async fn attempt_by_state(
    database: &Database,
    state_hash: Vec<u8>,
) -> Result<Option<connect_visits::Model>, StorageError> {
    let attempt = connect_visits::Entity::find().filter(connect_visits::Column::StateHash.eq(state_hash));
    Ok(attempt.one(database.writer()).await?)
}

/// Uses up an attempt's state; false when somebody was faster.
pub(super) async fn set_returned(database: &Database, id: Uuid, now: Timestamp) -> Result<bool, StorageError> {
    let returned = connect_visits::ActiveModel {
        returned_at: Set(Some(now)),
        ..Default::default()
    };
    let update = connect_visits::Entity::update_many()
        .set(returned)
        .filter(connect_visits::Column::Id.eq(id))
        .filter(connect_visits::Column::ReturnedAt.is_null());
    Ok(update.exec(database.writer()).await?.rows_affected == 1)
}

/// Notes who signed in.
pub(super) async fn set_facebook_user(database: &Database, id: Uuid, user: String) -> Result<(), StorageError> {
    let changed = connect_visits::ActiveModel {
        person_id: Set(Some(user)),
        ..Default::default()
    };
    let update = connect_visits::Entity::update_many().set(changed);
    let update = update.filter(connect_visits::Column::Id.eq(id));
    update.exec(database.writer()).await?;
    Ok(())
}

/// Whether there is such an attempt.
pub(super) async fn set_step(
    tx: &Transaction,
    id: Uuid,
    step: ConnectStep,
    expires_at: Timestamp,
) -> Result<bool, StorageError> {
    let changed = connect_visits::ActiveModel {
        step: Set(Some(step)),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    let update = connect_visits::Entity::update_many().set(changed);
    let update = update.filter(connect_visits::Column::Id.eq(id)).exec(tx);
    Ok(update.await?.rows_affected > 0)
}

/// The attempt of this session that came back from Facebook: where it stands, and until when.
/// What the newest attempt of a session that came back led to.
pub(super) async fn newest_step(
    database: &Database,
    tenant: TenantId,
    session_hash: &[u8],
) -> Result<Option<ConnectStep>, StorageError> {
    let newest = connect_visits::find_for(tenant)
        .filter(connect_visits::Column::SessionHash.eq(session_hash))
        .filter(connect_visits::Column::Step.is_not_null())
        .order_by_desc(connect_visits::Column::BegunAt)
        .order_by_desc(connect_visits::Column::Id)
        .select_only()
        .column(connect_visits::Column::Step)
        .limit(1);
    let step: Option<Option<ConnectStep>> = newest.into_tuple().one(database.reader()).await?;
    Ok(step.flatten())
}

pub(super) async fn attempt_step(
    database: &Database,
    tenant: TenantId,
    session_hash: &[u8],
    id: Uuid,
) -> Result<Option<(Option<ConnectStep>, Timestamp)>, StorageError> {
    let attempt = connect_visits::find_for(tenant)
        .filter(connect_visits::Column::SessionHash.eq(session_hash))
        .filter(connect_visits::Column::Id.eq(id))
        .filter(connect_visits::Column::Step.is_not_null());
    let attempt = attempt.select_only();
    let columns = attempt.columns([connect_visits::Column::Step, connect_visits::Column::ExpiresAt]);
    Ok(columns.into_tuple().one(database.reader()).await?)
}
