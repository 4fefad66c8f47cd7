//! What is told, in the transaction in which it happens: ids, times and reason codes, never words.

use domain::ids::{AccountId, TenantId};
use domain::outgoing_webhooks::WebhookEvent;
use domain::reasons::Reason;
use domain::time::Timestamp;
use jiff::Timestamp as Instant;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::sql::RECORD;
use crate::replies::OpenReply;
use crate::storage::{Connection, StorageError, bulk};

/// Credits that are left when a tenant is told that they run low.
const CREDITS_LOW: i64 = 10;

/// An event that a tenant may want to be told.
#[derive(Debug, Clone)]
pub(crate) struct NewWebhook {
    tenant: TenantId,
    event: WebhookEvent,
    data: Json,
}

impl NewWebhook {
    /// The customer has the reply.
    pub(crate) fn reply_sent(reply: &OpenReply, now: Timestamp) -> Self {
        let data = json!({ "sent_at": rfc3339(now), "response": reply.response_kind });
        Self::of_reply(reply, WebhookEvent::ReplySent, data)
    }

    /// The customer does not have it.
    pub(crate) fn reply_failed(reply: &OpenReply, reason: Reason) -> Self {
        Self::of_reply(reply, WebhookEvent::ReplyFailed, json!({ "reason": reason }))
    }

    /// With this reply, or in its place, the conversation is left to a person.
    pub(crate) fn handoff_requested(reply: &OpenReply) -> Self {
        let by = if reply.hand_over { "ai" } else { "rule" };
        Self::of_reply(reply, WebhookEvent::HandoffRequested, json!({ "by": by }))
    }

    /// An account cannot send.
    pub(crate) fn account_needs_reconnect(tenant: TenantId, account: AccountId, reason: &str) -> Self {
        Self {
            tenant,
            event: WebhookEvent::AccountNeedsReconnect,
            data: json!({ "account_id": account, "reason": reason }),
        }
    }

    /// Few credits are left, or none.
    pub(crate) fn credits_low(tenant: TenantId, balance: i64) -> Self {
        Self {
            tenant,
            event: WebhookEvent::CreditsLow,
            data: json!({ "balance": balance }),
        }
    }

    /// Somebody wants to see it work.
    pub(super) fn test(tenant: TenantId) -> Self {
        Self {
            tenant,
            event: WebhookEvent::WebhookTest,
            data: json!({}),
        }
    }

    fn of_reply(reply: &OpenReply, event: WebhookEvent, more: Json) -> Self {
        let mut data = json!({
            "reply_id": reply.id,
            "message_id": reply.message,
            "conversation_id": reply.conversation,
            "account_id": reply.account,
            "rule_id": reply.rule,
            "received_at": rfc3339(reply.occurred_at),
        });
        if let (Json::Object(data), Json::Object(more)) = (&mut data, more) {
            data.extend(more);
        }
        Self {
            tenant: reply.tenant,
            event,
            data,
        }
    }

    /// Exactly what is sent and signed, at every try.
    pub(super) fn body(&self, now: Timestamp) -> String {
        json!({ "type": self.event, "timestamp": rfc3339(now), "data": self.data }).to_string()
    }
}

/// Writes `events` for each endpoint that wants them: one statement, and none for no events. A caller that knows of no endpoint of
/// the tenant passes none.
pub(crate) async fn record<C: Connection>(tx: &C, events: &[NewWebhook], now: Timestamp) -> Result<(), StorageError> {
    if events.is_empty() {
        return Ok(());
    }
    let row = |event: &NewWebhook| {
        vec![
            Uuid::now_v7().into(),
            event.tenant.into(),
            event.event.into(),
            event.body(now).into(),
        ]
    };
    bulk::changing(tx, RECORD, [now.into()], events.iter().map(row).collect())
        .await
        .map(drop)
}

/// Whether a balance that falls from `before` to `after` is worth an event: at ten, and at none.
pub(crate) const fn crosses_low(before: i64, after: i64) -> bool {
    (before > CREDITS_LOW && after <= CREDITS_LOW) || (before > 0 && after <= 0)
}

/// As programs read it.
pub(super) fn rfc3339(at: Timestamp) -> String {
    Instant::from_millisecond(at.as_millis()).map_or_else(|_| String::new(), |at| at.to_string())
}

/// How a webhook's id is written in its header.
pub(super) fn webhook_id(id: Uuid) -> String {
    format!("msg_{}", id.simple())
}
