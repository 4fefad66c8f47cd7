//! What a conversation's AI replies may remember; the words are sealed values of the turn.

use domain::ids::{AccountId, ConversationId, MessageId, TenantId, TurnId};
use domain::messages::Author;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversation_turns")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TurnId,
    pub tenant_id: TenantId,
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    /// Customer or Concierge, by a check of the schema.
    pub author: Author,
    /// The customer's message, of our answer too.
    pub message_id: Option<MessageId>,
    pub occurred_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of one tenant.
pub fn find_for(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}
