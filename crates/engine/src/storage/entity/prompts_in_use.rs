//! The last approved prompt of each rule and default reply.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "prompts_in_use")]
pub struct Model {
    /// A rule, or the account of a default reply.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    pub tenant_id: TenantId,
    pub account_id: AccountId,
    /// In canonical form, as it was approved.
    pub text: String,
    pub approved_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
