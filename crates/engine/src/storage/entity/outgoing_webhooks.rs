//! What receivers are told: to be sent, and for a while as the log.

use domain::ids::{TenantId, WebhookEndpointId};
use domain::outgoing_webhooks::{WebhookEvent, WebhookOutcome, WebhookProblem};
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_webhooks")]
pub struct Model {
    /// The same for each endpoint that is told.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub endpoint_id: WebhookEndpointId,
    pub tenant_id: TenantId,
    pub event: WebhookEvent,
    /// JSON of ids, times and reason codes.
    pub body: String,
    pub created_at: Timestamp,
    pub not_before: Timestamp,
    pub attempts: i64,
    pub last_status: Option<i64>,
    pub last_problem: Option<WebhookProblem>,
    pub last_ms: Option<i64>,
    /// None while it is to be sent.
    pub outcome: Option<WebhookOutcome>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
