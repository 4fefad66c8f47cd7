//! Codes that work once.

use domain::ids::UserId;
use domain::named_enum;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

named_enum! {
    /// What a code is for.
    pub enum CodePurpose {
        /// The first owner of a deployment.
        Setup = "setup",
        /// A forgotten password.
        PasswordReset = "password_reset",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub purpose: CodePurpose,
    pub user_id: Option<UserId>,
    pub code_hash: Vec<u8>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
