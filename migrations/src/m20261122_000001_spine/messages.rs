//! Conversations, the deduplication keys of events, and the message log. No column can hold content.

pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE conversations (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        customer_id TEXT NOT NULL,
        window_until BIGINT NOT NULL,
        last_human_at BIGINT,
        created_at BIGINT NOT NULL,
        UNIQUE (account_id, customer_id)
    )",
    // Every kind of event, kept 14 days. A `del:` key without its message is the tombstone of an unsent message.
    "CREATE TABLE inbound_events (
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        event_key TEXT NOT NULL,
        received_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, event_key)
    )",
    "CREATE INDEX inbound_events_by_age ON inbound_events (received_at)",
    "CREATE TABLE messages (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        channel TEXT NOT NULL,
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
        author TEXT NOT NULL CHECK (author IN ('customer', 'concierge', 'human', 'self')),
        kind TEXT NOT NULL,
        sender_id TEXT NOT NULL,
        recipient_id TEXT NOT NULL,
        platform_message_id TEXT,
        reply_id {uuid},
        rule_id {uuid},
        response_kind TEXT,
        outcome TEXT CHECK (outcome IN ('sent', 'failed', 'skipped')),
        reason TEXT,
        credits BIGINT NOT NULL DEFAULT 0,
        latency_ms BIGINT,
        occurred_at BIGINT NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX messages_newest_first ON messages (tenant_id, created_at DESC, id DESC)",
    "CREATE INDEX messages_by_account ON messages (account_id, direction, created_at DESC)",
    // One mid completes one reply only, and one inbound mid is recorded once.
    "CREATE UNIQUE INDEX messages_one_per_mid ON messages (account_id, platform_message_id, direction)
        WHERE platform_message_id IS NOT NULL",
];
