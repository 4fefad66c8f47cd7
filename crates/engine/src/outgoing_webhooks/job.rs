//! The alarm clock of an endpoint.

use domain::ids::WebhookEndpointId;
use serde::{Deserialize, Serialize};

use super::OutgoingWebhooks;
use crate::jobs::Job;

/// Sends what is due to one endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverWebhooks {
    /// The endpoint.
    pub endpoint: WebhookEndpointId,
    /// `webhook_endpoints.job_no`: an earlier job of the endpoint does nothing.
    pub job_no: i64,
}

impl Job for DeliverWebhooks {
    /// A queue and workers of its own: a receiver that takes its time keeps no reply waiting.
    const QUEUE: &'static str = "outgoing_webhooks";
    type Context = OutgoingWebhooks;

    fn key(&self) -> String {
        format!("webhooks:{}:{}", self.endpoint.as_uuid().simple(), self.job_no)
    }

    async fn run(&self, webhooks: &OutgoingWebhooks) {
        webhooks.deliver(*self).await;
    }
}
