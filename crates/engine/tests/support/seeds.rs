//! The rows that foreign keys ask for, written directly: a tenant, an account, a conversation, a message and its reply.

use domain::ids::{AccountId, ConversationId, MessageId, ReplyId, TenantId};
use domain::time::Timestamp;
use engine::storage::{Database, sql};
use sea_orm::Value;
use uuid::Uuid;

/// A tenant with one connected account and one conversation.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// The tenant.
    pub tenant: TenantId,
    /// Its account.
    pub account: AccountId,
    /// A conversation of that account.
    pub conversation: ConversationId,
}

/// Writes a tenant, an account and a conversation as of `now`.
pub async fn tenant(database: &Database, now: Timestamp) -> Seed {
    let (tenant, account, conversation) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let now = now.as_millis();
    let text = "INSERT INTO tenants (id, slug, name, created_at) VALUES ($1, $2, $3, $4)";
    let slug = format!("t{}", tenant.simple());
    insert(database, text, [tenant.into(), slug.into(), "Test".into(), now.into()]).await;
    let text = "INSERT INTO accounts (id, tenant_id, channel, enabled, auto_reply, status, status_since, created_at, updated_at)
        VALUES ($1, $2, 'instagram', TRUE, TRUE, 'connected', $3, $3, $3)";
    insert(database, text, [account.into(), tenant.into(), now.into()]).await;
    let text = "INSERT INTO conversations (id, tenant_id, account_id, customer_id, window_until, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let window = now + 86_400_000;
    let values = [
        conversation.into(),
        tenant.into(),
        account.into(),
        "customer".into(),
        window.into(),
        now.into(),
    ];
    insert(database, text, values).await;
    Seed {
        tenant: TenantId::from_uuid(tenant),
        account: AccountId::from_uuid(account),
        conversation: ConversationId::from_uuid(conversation),
    }
}

impl Seed {
    /// Writes an inbound message and its queued reply, due at `due`, with `job_no` 1 and no job.
    pub async fn reply(&self, database: &Database, due: Timestamp) -> ReplyId {
        let message = self.message(database, due).await;
        let reply = Uuid::now_v7();
        let text = "INSERT INTO replies (id, tenant_id, account_id, conversation_id, message_id, state, not_before, occurred_at,
                version, attempts, lookups, empty_lookups, presumed_sent, panics, job_no, created_at)
            VALUES ($1, $2, $3, $4, $5, 'queued', $6, $6, 1, 0, 0, 0, FALSE, 0, 1, $6)";
        let values = [
            reply.into(),
            self.tenant.as_uuid().into(),
            self.account.as_uuid().into(),
            self.conversation.as_uuid().into(),
            message.as_uuid().into(),
            due.as_millis().into(),
        ];
        insert(database, text, values).await;
        ReplyId::from_uuid(reply)
    }

    /// Writes an inbound text message of the customer.
    pub async fn message(&self, database: &Database, at: Timestamp) -> MessageId {
        let message = Uuid::now_v7();
        let text = "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
                occurred_at, created_at)
            VALUES ($1, $2, 'instagram', $3, 'inbound', 'customer', 'text', 'customer', 'business', $4, $4)";
        let values = [
            message.into(),
            self.tenant.as_uuid().into(),
            self.account.as_uuid().into(),
            at.as_millis().into(),
        ];
        insert(database, text, values).await;
        MessageId::from_uuid(message)
    }
}

/// Runs one statement on the writer; a test's own shortcut.
pub async fn insert<const N: usize>(database: &Database, text: &str, values: [Value; N]) {
    sql::execute(database.writer(), text, values)
        .await
        .unwrap_or_else(|error| panic!("{text}: {error:?}"));
}
