//! Versions of a tenant's persona; each save adds one.

use domain::ids::{PersonaVersionId, TenantId, UserId};
use domain::persona::PersonaContent;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "persona_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonaVersionId,
    pub tenant_id: TenantId,
    /// 1 is the first.
    pub version: i64,
    pub content: PersonaContent,
    /// Of the text the model reads, as it was rendered when the version was saved: names its safety check.
    pub text_hash: Vec<u8>,
    /// None for a command.
    pub created_by: Option<UserId>,
    pub restored_from: Option<i64>,
    pub created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
