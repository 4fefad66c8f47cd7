//! The receivers of outgoing webhooks, and what was sent to them.

use serde::{Deserialize, Serialize};

use super::{Moment, Pill};
use crate::ids::WebhookEndpointId;

/// All receivers of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhooksPage {
    /// In the order in which they were added.
    pub endpoints: Vec<WebhookEndpointCard>,
    /// What can be chosen.
    pub events: Vec<WebhookEventChoice>,
    /// There is room for one more.
    pub may_add: bool,
}

/// An event that an endpoint may want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEventChoice {
    /// `reply.sent`.
    pub name: String,
    /// When it happens.
    pub meaning: String,
}

/// One receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEndpointCard {
    /// Its id.
    pub id: WebhookEndpointId,
    /// Where it is.
    pub url: String,
    /// What the owner wrote about it; may be empty.
    pub description: String,
    /// Names of the events it wants.
    pub events: Vec<String>,
    /// It is switched on.
    pub enabled: bool,
    /// How it stands.
    pub pill: Pill,
    /// Why it is off or troubled, with the next step; empty when all is well.
    pub note: String,
    /// The signing secret, while this person may see it.
    pub secret: Option<String>,
    /// Until when an earlier secret signs as well.
    pub earlier_secret_until: Option<Moment>,
    /// What waits to be sent.
    pub waiting: u32,
    /// The newest, first.
    pub log: Vec<OutgoingWebhookRow>,
}

/// One outgoing webhook in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingWebhookRow {
    /// `webhook-id`.
    pub id: String,
    /// What it tells.
    pub event: String,
    /// When that happened.
    pub at: Moment,
    /// How it stands.
    pub pill: Pill,
    /// What came back last: "200 in 84 ms", "no answer in 10 seconds".
    pub answer: String,
    /// How often it was sent.
    pub attempts: u32,
}
