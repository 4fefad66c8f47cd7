//! Checks of connections: the row is the truth, its job the alarm clock.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use domain::UnknownName;
use domain::accounts::AccountCause;
use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum CheckedAs {
    /// Nothing wrong.
    Working,
    /// The account was disconnected or deleted.
    Gone,
    /// The next day's run began first.
    Superseded,
    /// The account cannot send.
    Broken(AccountCause),
}

impl Display for CheckedAs {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Working => "working",
            Self::Gone => "gone",
            Self::Superseded => "superseded",
            Self::Broken(cause) => cause.as_str(),
        })
    }
}

impl FromStr for CheckedAs {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Ok(match name {
            "working" => Self::Working,
            "gone" => Self::Gone,
            "superseded" => Self::Superseded,
            cause => Self::Broken(cause.parse()?),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "token_checks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub run: i64,
    pub not_before: Timestamp,
    pub attempts: i64,
    pub checked_at: Option<Timestamp>,
    pub result: Option<CheckedAs>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
