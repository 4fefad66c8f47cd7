//! Rows of usage.

use domain::ids::TenantId;
use sea_orm::EntityTrait;

use crate::storage::entity::ai_usage::{Entity, Model};
use crate::storage::{Connection, StorageError};

pub(super) async fn usage<C: Connection>(
    connection: &C,
    tenant: TenantId,
    day: &str,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id((tenant, day.to_owned())).one(connection).await?)
}
