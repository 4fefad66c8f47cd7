//! Connected accounts of every channel. Only `accounts::state` changes a status.

use domain::accounts::{AccountCause, AccountStatusKind, ChannelKind};
use domain::ai_fallback::AiFallback;
use domain::default_reply::DefaultReplyFrequency;
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    pub tenant_id: TenantId,
    pub channel: ChannelKind,
    pub enabled: bool,
    pub auto_reply: bool,
    pub status: AccountStatusKind,
    pub status_cause: Option<AccountCause>,
    pub status_since: Timestamp,
    /// Set while the status is paused, by a check of the schema.
    pub paused_until: Option<Timestamp>,
    pub pause_step: i64,
    pub token_checked_at: Option<Timestamp>,
    pub token_expires_at: Option<Timestamp>,
    pub data_access_expires_at: Option<Timestamp>,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub human_quiet_hours: i64,
    pub ai_memory: bool,
    /// What happens when no answer of the AI may be sent.
    pub ai_fallback: AiFallback,
    /// When another automation last answered a customer of this account.
    pub automation_seen_at: Option<Timestamp>,
    /// How often one customer gets the default reply.
    pub default_reply_frequency: DefaultReplyFrequency,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
