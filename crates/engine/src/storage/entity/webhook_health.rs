//! Counts that belong to no account.

use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

use crate::channels::event::CountedKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_health")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: CountedKind,
    pub count: i64,
    pub last_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
