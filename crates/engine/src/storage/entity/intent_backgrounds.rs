//! The vectors of the background phrases, for each model of a provider.

use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intent_backgrounds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub encoder: String,
    pub recipe_version: i64,
    pub vectors: Vec<u8>,
    pub computed_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
