//! What both sides of a change of a reply config say where they differ.

use domain::ids::{AccountId, ChangeId, TenantId};
use domain::reply_config::Part;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_config_changes")]
pub struct Model {
    /// The id of its row of the audit log.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChangeId,
    pub tenant_id: TenantId,
    pub account_id: AccountId,
    pub revision: i64,
    pub said_before: Part,
    pub said_after: Part,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
