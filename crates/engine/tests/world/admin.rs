//! What the admin's pages ask, and what they are shown: a log that is written directly, an account by a command.

use domain::ids::{MessageId, TenantId};
use domain::time::Timestamp;
use engine::accounts::NewInstagramAccount;
use engine::health::HealthPages;
use engine::messages::Messages;
use engine::overview::{Credits, OverviewPages};
use secrecy::SecretString;
use uuid::Uuid;

use super::World;

impl World {
    pub fn messages(&self) -> Messages {
        Messages::for_tenant(&self.database, self.shared_clock(), self.tenant)
    }

    pub fn credits(&self) -> Credits {
        Credits::for_tenant(&self.database, self.shared_clock(), self.tenant)
    }

    pub fn overview(&self) -> OverviewPages {
        OverviewPages::for_tenant(&self.database, self.shared_clock(), self.tenant)
    }

    pub fn health(&self) -> HealthPages {
        let connections = self.engine.connections();
        HealthPages::for_tenant(&self.database, self.shared_clock(), connections, self.tenant)
    }

    /// Writes a customer's message with its outcome (`None` while it is open) into the log.
    pub async fn log_message(&self, at: Timestamp, outcome: Option<&str>, reason: Option<&str>) -> MessageId {
        let id = Uuid::now_v7();
        let text = "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id,
                recipient_id, outcome, reason, response_kind, credits, latency_ms, occurred_at, created_at)
            VALUES ($1, $2, 'instagram', $3, 'inbound', 'customer', 'text', '900004821', '1001', $4, $5, $6, $7, $8,
                $9, $9)";
        let sent = outcome == Some("sent");
        let values = [
            id.into(),
            self.tenant.as_uuid().into(),
            self.account.as_uuid().into(),
            outcome.map(str::to_owned).into(),
            reason.map(str::to_owned).into(),
            sent.then(|| "canned".to_owned()).into(),
            i64::from(sent).into(),
            sent.then_some(1_800_i64).into(),
            at.as_millis().into(),
        ];
        self.execute(text, values).await;
        MessageId::from_uuid(id)
    }

    /// A row of the log as if the account had sent a reply.
    pub async fn log_reply(&self, at: Timestamp) {
        let text = "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id,
                recipient_id, occurred_at, created_at)
            VALUES ($1, $2, 'instagram', $3, 'outbound', 'concierge', 'text', '1001', '900004821', $4, $4)";
        let (tenant, account) = (self.tenant.as_uuid(), self.account.as_uuid());
        let values = [
            Uuid::now_v7().into(),
            tenant.into(),
            account.into(),
            at.as_millis().into(),
        ];
        self.execute(text, values).await;
    }
}

/// An account as `concierge account add` describes it.
pub fn account_of(tenant: TenantId, ig_id: &str) -> NewInstagramAccount {
    NewInstagramAccount {
        tenant,
        ig_id: ig_id.into(),
        page_id: format!("{ig_id}9"),
        username: "@bloomandstem".into(),
        name: "Bloom & Stem Florist".into(),
        page_token: SecretString::from("EAAB-canary-token"),
        auto_reply: true,
    }
}
