//! The rows of versions: statements on one table.

use domain::ids::{PersonaVersionId, TenantId};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::storage::entity::persona_versions::{self, Column, Entity};
use crate::storage::{Connection, StorageError};

/// The newest version.
pub(super) async fn newest<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Option<persona_versions::Model>, StorageError> {
    let newest = persona_versions::find_for(tenant).order_by_desc(Column::Version);
    Ok(newest.one(connection).await?)
}

/// One version.
pub(super) async fn version<C: Connection>(
    connection: &C,
    tenant: TenantId,
    version: i64,
) -> Result<Option<persona_versions::Model>, StorageError> {
    let row = persona_versions::find_for(tenant).filter(Column::Version.eq(version));
    Ok(row.one(connection).await?)
}

/// The text that a version stands for is named by another hash.
pub(super) async fn set_text_hash<C: Connection>(
    tx: &C,
    version: PersonaVersionId,
    hash: Vec<u8>,
) -> Result<(), StorageError> {
    let named = persona_versions::ActiveModel {
        text_hash: Set(hash),
        ..Default::default()
    };
    let update = Entity::update_many().set(named).filter(Column::Id.eq(version));
    update.exec(tx).await?;
    Ok(())
}

/// Whether it was written; it is not when its number is taken.
pub(super) async fn insert<C: Connection>(tx: &C, row: persona_versions::Model) -> Result<bool, StorageError> {
    let taken = OnConflict::columns([Column::TenantId, Column::Version])
        .do_nothing()
        .to_owned();
    let insert = Entity::insert(persona_versions::ActiveModel::from(row)).on_conflict(taken);
    Ok(insert.exec_without_returning(tx).await? > 0)
}
