//! Our answers, one per inbound message: state machine, ownership, due times.

pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE replies (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        conversation_id {uuid} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        message_id {uuid} NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('queued', 'reserved', 'composed', 'sending', 'sent', 'failed', 'skipped')),
        reason TEXT,
        wait_reason TEXT,
        not_before BIGINT NOT NULL,
        occurred_at BIGINT NOT NULL,
        rule_id {uuid},
        response_kind TEXT,
        claimed_by TEXT,
        claimed_until BIGINT,
        version BIGINT NOT NULL,
        attempts BIGINT NOT NULL,
        lookups BIGINT NOT NULL,
        empty_lookups BIGINT NOT NULL,
        presumed_sent BOOLEAN NOT NULL,
        panics BIGINT NOT NULL,
        job_no BIGINT NOT NULL,
        sending_at BIGINT,
        platform_message_id TEXT,
        created_at BIGINT NOT NULL,
        settled_at BIGINT,
        CHECK ((settled_at IS NOT NULL) = (state IN ('sent', 'failed', 'skipped'))),
        CHECK ((reason IS NOT NULL) = (state IN ('failed', 'skipped')))
    )",
    "CREATE INDEX replies_due ON replies (not_before) WHERE settled_at IS NULL",
    "CREATE INDEX replies_open_in_conversation ON replies (conversation_id, occurred_at) WHERE settled_at IS NULL",
    "CREATE INDEX replies_waiting_of_account ON replies (account_id) WHERE settled_at IS NULL",
    // The conversation limit counts what was sent in the last 10 minutes and 24 hours.
    "CREATE INDEX replies_sent_in_conversation ON replies (conversation_id, settled_at) WHERE state = 'sent'",
    "CREATE UNIQUE INDEX replies_one_per_mid ON replies (account_id, platform_message_id) WHERE platform_message_id IS NOT NULL",
];
