//! The Instagram side of an account.

use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instagram_accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub ig_id: String,
    pub page_id: String,
    pub username: String,
    pub name: String,
    /// One connected row per Instagram account and per Page, by two unique indices.
    pub connected: bool,
    /// The app-scoped Facebook id of the person who connected.
    pub connected_by: Option<String>,
    pub page_name: String,
    pub user_token_expires_at: Option<Timestamp>,
    /// Comma separated, as the two below.
    pub missing_scopes: String,
    pub subscribed_fields: String,
    pub refused_fields: String,
    pub test_started_at: Option<Timestamp>,
    /// When a check of this connection last found the Page subscribed.
    pub subscription_seen_at: Option<Timestamp>,
    /// When a check made a lost subscription again; it was lost at some time after [`Self::unsubscribed_after`].
    pub resubscribed_at: Option<Timestamp>,
    pub unsubscribed_after: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
