//! Writes of programs that may be repeated, with the answer that a repeat gets.

use domain::ids::ApiKeyId;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

use super::Hidden;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_key_id: ApiKeyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub request_digest: Vec<u8>,
    /// None while the write is under way.
    pub status: Option<i64>,
    /// Sealed.
    pub answer: Option<Hidden>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
