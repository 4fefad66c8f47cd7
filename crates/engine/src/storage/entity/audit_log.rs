//! Who changed what.

use domain::ids::{ApiKeyId, TenantId, UserId};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Option<TenantId>,
    /// None for a command and for a program.
    pub user_id: Option<UserId>,
    /// `rules.moved`: feature and past participle.
    pub action: String,
    pub subject_id: Option<Uuid>,
    pub detail: String,
    pub created_at: Timestamp,
    /// The key of the program that did it.
    pub api_key_id: Option<ApiKeyId>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
