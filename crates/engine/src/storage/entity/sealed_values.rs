//! Tokens and content, sealed.

use domain::ids::TenantId;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

use crate::vault::SealedPurpose;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sealed_values")]
pub struct Model {
    /// Account, reply, login attempt or remembered turn.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: SealedPurpose,
    pub tenant_id: TenantId,
    pub key_id: String,
    pub ciphertext: Vec<u8>,
    pub created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
