//! What other programs are told, and where such calls may go.

mod canary;
mod delivering;
mod endpoints;
mod guide;
mod others;
mod receiver;
mod recording;
mod resting;
mod switching;
mod targets;

use domain::ids::WebhookEndpointId;
use domain::outgoing_webhooks::WebhookEvent;
use domain::views::WebhookEndpointCard;
use engine::identity::Actor;
use engine::outgoing_webhooks::{WebhookDraft, WebhookEndpoints};
use receiver::Receiver;

use crate::world::World;

impl World {
    pub fn endpoints(&self) -> WebhookEndpoints {
        self.engine.webhook_endpoints(self.tenant)
    }

    /// An endpoint that wants everything.
    async fn endpoint_at(&self, receiver: &Receiver) -> WebhookEndpointId {
        let every: Vec<&str> = WebhookEvent::choosable().map(WebhookEvent::as_str).collect();
        self.endpoint_for(receiver, &every).await
    }

    async fn endpoint_for(&self, receiver: &Receiver, events: &[&str]) -> WebhookEndpointId {
        let draft = draft(&receiver.url(), events);
        self.endpoints().add(&draft, self.webhook_owner().await).await.unwrap()
    }

    /// Somebody whom secrets are shown to.
    async fn webhook_owner(&self) -> Actor {
        let text = "INSERT INTO users (id, email, password_hash, created_at, updated_at)
            VALUES ($1, 'webhooks@shop.example', 'none', 1, 1) ON CONFLICT DO NOTHING";
        self.execute(text, [receiver::OWNER.as_uuid().into()]).await;
        Actor::User(receiver::OWNER)
    }

    /// Twice as many webhooks, so often.
    async fn double_webhooks(&self, times: usize) {
        let id = match self.database.is_postgres() {
            true => "gen_random_uuid()",
            false => "randomblob(16)",
        };
        let text = format!(
            "INSERT INTO outgoing_webhooks SELECT {id}, endpoint_id, tenant_id, event, body, created_at, not_before, attempts,
                last_status, last_problem, last_ms, outcome FROM outgoing_webhooks"
        );
        for _ in 0..times {
            self.execute(&text, []).await;
        }
    }

    /// Sends everything that is due.
    async fn send_webhooks(&self) {
        self.engine.outgoing_webhooks().run_due().await.unwrap();
    }

    async fn card(&self, endpoint: WebhookEndpointId) -> WebhookEndpointCard {
        let page = self.endpoints().page(receiver::OWNER).await.unwrap();
        page.endpoints.into_iter().find(|card| card.id == endpoint).unwrap()
    }

    async fn secret(&self, endpoint: WebhookEndpointId) -> String {
        self.card(endpoint).await.secret.unwrap()
    }
}

fn draft(url: &str, events: &[&str]) -> WebhookDraft {
    WebhookDraft {
        url: url.to_owned(),
        description: "Our own orders".into(),
        events: events.iter().map(|&name| name.to_owned()).collect(),
    }
}
