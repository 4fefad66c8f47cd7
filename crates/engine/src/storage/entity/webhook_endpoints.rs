//! Receivers of outgoing webhooks.

use domain::ids::{TenantId, UserId, WebhookEndpointId};
use domain::outgoing_webhooks::SwitchedOff;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoints")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookEndpointId,
    pub tenant_id: TenantId,
    pub url: String,
    pub description: String,
    /// Names with commas between them.
    pub events: String,
    pub enabled: bool,
    /// Why, while it is off.
    pub switched_off: Option<SwitchedOff>,
    /// The secret is derived from it.
    pub secret_salt: Vec<u8>,
    pub earlier_salt: Option<Vec<u8>>,
    /// Until when the earlier secret signs too.
    pub earlier_until: Option<Timestamp>,
    /// Who may read the secret, and until when.
    pub shown_to: Option<UserId>,
    pub shown_until: Timestamp,
    /// Since the last success.
    pub failures: i64,
    pub failing_since: Option<Timestamp>,
    /// The receiver wants no call before it.
    pub not_before: Timestamp,
    pub job_no: i64,
    pub claimed_by: Option<String>,
    pub claimed_until: Option<Timestamp>,
    pub created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
