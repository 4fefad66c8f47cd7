//! A file that a person is about to import, with what it would change: too large for a flash, one per person, for minutes.

use domain::ids::UserId;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

use super::Hidden;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_previews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    pub digest: Vec<u8>,
    pub content: Hidden,
    pub expires_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
