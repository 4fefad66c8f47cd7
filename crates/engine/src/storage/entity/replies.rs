//! Our answers, one per inbound message. Only `replies::transitions` changes a state.

use domain::answer_checks::HeldBy;
use domain::ids::{AccountId, ConversationId, MessageId, ReplyId, RuleId, TenantId};
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "replies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReplyId,
    pub tenant_id: TenantId,
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    pub message_id: MessageId,
    pub state: ReplyState,
    pub reason: Option<Reason>,
    pub wait_reason: Option<WaitReason>,
    pub not_before: Timestamp,
    pub occurred_at: Timestamp,
    pub rule_id: Option<RuleId>,
    pub response_kind: Option<ResponseKind>,
    pub claimed_by: Option<String>,
    pub claimed_until: Option<Timestamp>,
    pub version: i64,
    pub attempts: i64,
    pub lookups: i64,
    pub empty_lookups: i64,
    pub presumed_sent: bool,
    pub panics: i64,
    pub job_no: i64,
    pub sending_at: Option<Timestamp>,
    pub platform_message_id: Option<String>,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub compose_attempts: i64,
    pub held_by: Option<HeldBy>,
    pub hand_over: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
