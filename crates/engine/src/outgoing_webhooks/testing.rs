//! *Send a test*: one webhook at once, and what came back.

use domain::ids::WebhookEndpointId;
use uuid::Uuid;

use super::call::{CallAnswer, Signed};
use super::endpoints::{WebhookEndpoints, WebhookEndpointsError};
use super::events::{NewWebhook, webhook_id};
use super::page::answer_text;
use super::{secrets, store};
use crate::storage::entity::outgoing_webhooks;
use domain::outgoing_webhooks::WebhookEvent;

impl WebhookEndpoints {
    /// Sends a test, also to an endpoint that is off; returns what came back, as a sentence. It is not repeated.
    ///
    /// # Errors
    /// [`WebhookEndpointsError::NotFound`].
    pub async fn test(&self, id: WebhookEndpointId) -> Result<String, WebhookEndpointsError> {
        let found = store::endpoint(self.database.reader(), self.tenant, id).await?;
        let endpoint = found.ok_or(WebhookEndpointsError::NotFound)?;
        let now = self.clock.now();
        let webhook = outgoing_webhooks::Model {
            id: Uuid::now_v7(),
            endpoint_id: id,
            tenant_id: self.tenant,
            event: WebhookEvent::WebhookTest,
            body: NewWebhook::test(self.tenant).body(now),
            created_at: now,
            not_before: now,
            attempts: 0,
            last_status: None,
            last_problem: None,
            last_ms: None,
            outcome: None,
        };
        let earlier = endpoint
            .earlier_salt
            .filter(|_| endpoint.earlier_until.is_some_and(|until| until > now));
        let salts = [Some(endpoint.secret_salt), earlier].into_iter().flatten();
        let secrets: Vec<_> = salts
            .map(|salt| secrets::derive(&self.vault, self.tenant, id, &salt))
            .collect();
        let signed = Signed {
            id: &webhook_id(webhook.id),
            body: &webhook.body,
            secrets: &secrets,
        };
        let answer = self.caller.call(&endpoint.url, signed, now).await;
        store::insert_sent(self.database.writer(), webhook, &answer).await?;
        Ok(sentence(&answer))
    }
}

fn sentence(answer: &CallAnswer) -> String {
    let text = answer_text(
        answer.status.map(i64::from),
        answer.problem,
        i64::try_from(answer.took.as_millis()).ok(),
    );
    match answer.problem {
        None => format!("The receiver took the test: {text}."),
        Some(_) => format!(
            "The receiver did not take the test: {text}. Check that it runs at this address, then send another."
        ),
    }
}
