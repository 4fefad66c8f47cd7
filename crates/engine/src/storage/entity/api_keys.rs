//! Keys of programs, found by their prefix and proven by the hash of the rest.

use domain::api_keys::Scopes;
use domain::ids::{ApiKeyId, TenantId, UserId};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    pub tenant_id: TenantId,
    pub name: String,
    #[sea_orm(unique)]
    pub prefix: String,
    pub secret_hash: Vec<u8>,
    pub scopes: Scopes,
    /// None for a command.
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
