//! The vectors of a rule's texts, one row for each encoder that made some.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intent_vectors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule_id: RuleId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub encoder: String,
    pub tenant_id: TenantId,
    pub account_id: AccountId,
    pub recipe_version: i64,
    pub source_hash: Vec<u8>,
    pub vectors: Vec<u8>,
    pub computed_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
