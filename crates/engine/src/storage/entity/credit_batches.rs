//! Granted credits and what is left of them.

use domain::ids::{BatchId, TenantId};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_batches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    pub tenant_id: TenantId,
    pub granted: i64,
    pub remaining: i64,
    pub expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// The operator's own name for the grant, unique within the tenant.
    pub reference: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
