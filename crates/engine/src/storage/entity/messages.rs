//! The message log. No column holds content.

use domain::accounts::ChannelKind;
use domain::answer_checks::HeldBy;
use domain::ids::{AccountId, MessageId, ReplyId, RuleId, TenantId};
use domain::messages::{Author, Direction, MessageKind, MessageOutcome};
use domain::reasons::Reason;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    pub tenant_id: TenantId,
    pub channel: ChannelKind,
    pub account_id: AccountId,
    pub direction: Direction,
    pub author: Author,
    pub kind: MessageKind,
    pub sender_id: String,
    pub recipient_id: String,
    pub platform_message_id: Option<String>,
    pub reply_id: Option<ReplyId>,
    pub rule_id: Option<RuleId>,
    pub response_kind: Option<ResponseKind>,
    pub outcome: Option<MessageOutcome>,
    pub reason: Option<Reason>,
    pub credits: i64,
    pub latency_ms: Option<i64>,
    pub held_by: Option<HeldBy>,
    pub occurred_at: Timestamp,
    pub created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
