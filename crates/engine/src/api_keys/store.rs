//! The rows of keys and of writes that may be repeated: statements on one table.

use domain::ids::{ApiKeyId, TenantId};
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, QueryOrder};

use crate::storage::StorageError;
use crate::storage::entity::{Hidden, api_keys, idempotency_keys};

/// Whether it was written; it is not when the prefix is taken.
pub(super) async fn insert_key<C: ConnectionTrait>(tx: &C, key: api_keys::Model) -> Result<bool, StorageError> {
    let insert = api_keys::Entity::insert(api_keys::ActiveModel::from(key));
    let insert = insert.on_conflict(OnConflict::column(api_keys::Column::Prefix).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? > 0)
}

/// Those that were not revoked, the newest first.
pub(super) async fn keys<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<api_keys::Model>, StorageError> {
    let keys = api_keys::Entity::find()
        .filter(api_keys::Column::TenantId.eq(tenant))
        .filter(api_keys::Column::RevokedAt.is_null())
        .order_by_desc(api_keys::Column::CreatedAt)
        .order_by_desc(api_keys::Column::Id);
    Ok(keys.all(connection).await?)
}

pub(super) async fn key<C: ConnectionTrait>(
    connection: &C,
    key: ApiKeyId,
) -> Result<Option<api_keys::Model>, StorageError> {
    Ok(api_keys::Entity::find_by_id(key).one(connection).await?)
}

pub(super) async fn key_by_prefix<C: ConnectionTrait>(
    connection: &C,
    prefix: &str,
) -> Result<Option<api_keys::Model>, StorageError> {
    let key = api_keys::Entity::find().filter(api_keys::Column::Prefix.eq(prefix));
    Ok(key.one(connection).await?)
}

/// The key, if it is this tenant's and was not revoked before.
pub(super) async fn revoke<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    key: ApiKeyId,
    now: Timestamp,
) -> Result<Option<api_keys::Model>, StorageError> {
    let present = api_keys::Entity::find_by_id(key)
        .filter(api_keys::Column::TenantId.eq(tenant))
        .filter(api_keys::Column::RevokedAt.is_null());
    let Some(present) = present.one(tx).await? else {
        return Ok(None);
    };
    let revoked = api_keys::ActiveModel {
        revoked_at: Set(Some(now)),
        ..Default::default()
    };
    let update = api_keys::Entity::update_many().set(revoked);
    update.filter(api_keys::Column::Id.eq(key)).exec(tx).await?;
    Ok(Some(present))
}

pub(super) async fn mark_used<C: ConnectionTrait>(
    connection: &C,
    key: ApiKeyId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let used = api_keys::ActiveModel {
        last_used_at: Set(Some(now)),
        ..Default::default()
    };
    let update = api_keys::Entity::update_many().set(used);
    update.filter(api_keys::Column::Id.eq(key)).exec(connection).await?;
    Ok(())
}

/// Whether it was written; it is not when another request of the same key came first.
pub(super) async fn insert_write<C: ConnectionTrait>(
    connection: &C,
    write: idempotency_keys::Model,
) -> Result<bool, StorageError> {
    use idempotency_keys::Column::{ApiKeyId, Key};
    let insert = idempotency_keys::Entity::insert(idempotency_keys::ActiveModel::from(write));
    let insert = insert.on_conflict(OnConflict::columns([ApiKeyId, Key]).do_nothing().to_owned());
    Ok(insert.exec_without_returning(connection).await? > 0)
}

pub(super) async fn write<C: ConnectionTrait>(
    connection: &C,
    api_key: ApiKeyId,
    key: &str,
) -> Result<Option<idempotency_keys::Model>, StorageError> {
    let write = idempotency_keys::Entity::find_by_id((api_key, key.to_owned()));
    Ok(write.one(connection).await?)
}

pub(super) async fn finish_write<C: ConnectionTrait>(
    connection: &C,
    (api_key, key): (ApiKeyId, &str),
    status: i64,
    answer: String,
) -> Result<(), StorageError> {
    let finished = idempotency_keys::ActiveModel {
        status: Set(Some(status)),
        answer: Set(Some(Hidden(answer))),
        ..Default::default()
    };
    let update = idempotency_keys::Entity::update_many()
        .set(finished)
        .filter(idempotency_keys::Column::ApiKeyId.eq(api_key))
        .filter(idempotency_keys::Column::Key.eq(key));
    update.exec(connection).await?;
    Ok(())
}

pub(super) async fn delete_write<C: ConnectionTrait>(
    connection: &C,
    api_key: ApiKeyId,
    key: &str,
) -> Result<(), StorageError> {
    idempotency_keys::Entity::delete_by_id((api_key, key.to_owned()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Only when it has expired: another request may have taken the key anew.
pub(super) async fn delete_expired_write<C: ConnectionTrait>(
    connection: &C,
    (api_key, key): (ApiKeyId, &str),
    now: Timestamp,
) -> Result<(), StorageError> {
    idempotency_keys::Entity::delete_by_id((api_key, key.to_owned()))
        .filter(idempotency_keys::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    Ok(())
}
