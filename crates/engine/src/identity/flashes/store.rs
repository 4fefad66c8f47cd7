//! The rows of flashes and previews.

use domain::ids::UserId;
use domain::time::Timestamp;
use sea_orm::ConnectionTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::storage::StorageError;
use crate::storage::entity::{flashes, import_previews};

pub(super) async fn put<C: ConnectionTrait>(connection: &C, flash: flashes::Model) -> Result<(), StorageError> {
    use flashes::Column::{Content, ExpiresAt, Path, SessionHash};
    let replace = OnConflict::column(SessionHash)
        .update_columns([Path, Content, ExpiresAt])
        .to_owned();
    let insert = flashes::Entity::insert(flashes::ActiveModel::from(flash)).on_conflict(replace);
    insert.exec_without_returning(connection).await?;
    Ok(())
}

/// None for another page, and when it has expired.
pub(super) async fn find<C: ConnectionTrait>(
    connection: &C,
    session_hash: &[u8],
    path: &str,
    now: Timestamp,
) -> Result<Option<flashes::Model>, StorageError> {
    let found = flashes::Entity::find_by_id(session_hash)
        .filter(flashes::Column::Path.eq(path))
        .filter(flashes::Column::ExpiresAt.gt(now));
    Ok(found.one(connection).await?)
}

pub(super) async fn delete<C: ConnectionTrait>(connection: &C, session_hash: &[u8]) -> Result<bool, StorageError> {
    let deleted = flashes::Entity::delete_by_id(session_hash).exec(connection).await?;
    Ok(deleted.rows_affected > 0)
}

pub(super) async fn put_import<C: ConnectionTrait>(
    connection: &C,
    preview: import_previews::Model,
) -> Result<(), StorageError> {
    use import_previews::Column::{Content, Digest, ExpiresAt, UserId};
    let replace = OnConflict::column(UserId)
        .update_columns([Digest, Content, ExpiresAt])
        .to_owned();
    let insert = import_previews::Entity::insert(import_previews::ActiveModel::from(preview)).on_conflict(replace);
    insert.exec_without_returning(connection).await?;
    Ok(())
}

pub(super) async fn find_import<C: ConnectionTrait>(
    connection: &C,
    user: UserId,
    digest: &[u8],
    now: Timestamp,
) -> Result<Option<import_previews::Model>, StorageError> {
    let found = import_previews::Entity::find_by_id(user)
        .filter(import_previews::Column::Digest.eq(digest))
        .filter(import_previews::Column::ExpiresAt.gt(now));
    Ok(found.one(connection).await?)
}

pub(super) async fn delete_import<C: ConnectionTrait>(
    connection: &C,
    user: UserId,
    digest: &[u8],
) -> Result<(), StorageError> {
    let found = import_previews::Entity::delete_by_id(user).filter(import_previews::Column::Digest.eq(digest));
    found.exec(connection).await?;
    Ok(())
}
