//! Runs over all accounts; the row of a day is the election of who plans it.

use domain::named_enum;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

named_enum! {
    /// What a run does.
    pub enum RunName {
        /// Checks connections.
        Tokens = "tokens",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_runs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: RunName,
    /// `2026-11-22`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    /// 0 is the daily one; runs by hand count up.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run: i64,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
