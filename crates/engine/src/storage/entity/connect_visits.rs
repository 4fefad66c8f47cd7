//! Attempts to connect through Facebook Login, for an hour.

use domain::ids::TenantId;
use domain::time::Timestamp;
use domain::views::ConnectStep;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_visits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub session_hash: Vec<u8>,
    pub state_hash: Vec<u8>,
    pub step: Option<ConnectStep>,
    pub begun_at: Timestamp,
    pub returned_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    /// The Facebook user, once known: a request to delete their data finds the attempt by it.
    pub person_id: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
