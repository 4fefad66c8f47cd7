//! What AI replies and intents need: personas and the checks of texts, vectors of rules, token budgets, and short memory.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261127_000005_ai",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    // One persona per tenant; each save adds a version. `content` is JSON, the hash is of the rendered text.
    "CREATE TABLE persona_versions (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        version BIGINT NOT NULL,
        content TEXT NOT NULL,
        text_hash {bytes} NOT NULL,
        created_by {uuid} REFERENCES users (id) ON DELETE SET NULL,
        restored_from BIGINT,
        created_at BIGINT NOT NULL,
        UNIQUE (tenant_id, version)
    )",
    // One verdict per text of a tenant. An approval given under an earlier policy holds until `valid_until`.
    "CREATE TABLE safety_checks (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        subject TEXT NOT NULL CHECK (subject IN ('persona', 'prompt')),
        text_hash {bytes} NOT NULL,
        text TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'unchecked')),
        findings TEXT NOT NULL,
        policy_version BIGINT NOT NULL,
        judge_model TEXT,
        attempts BIGINT NOT NULL,
        not_before BIGINT NOT NULL,
        claimed_by TEXT,
        claimed_until BIGINT,
        job_no BIGINT NOT NULL,
        valid_until BIGINT,
        overridden_by {uuid} REFERENCES users (id) ON DELETE SET NULL,
        override_note TEXT,
        created_at BIGINT NOT NULL,
        checked_at BIGINT,
        UNIQUE (tenant_id, subject, text_hash)
    )",
    "CREATE INDEX safety_checks_due ON safety_checks (not_before) WHERE status IN ('pending', 'unchecked')",
    // The last approved prompt of a rule, or of a default reply (owner: the account): it answers while a newer one is checked.
    "CREATE TABLE prompts_in_use (
        owner_id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        approved_at BIGINT NOT NULL
    )",
    "CREATE INDEX prompts_in_use_of_account ON prompts_in_use (account_id)",
    // Description first, then the examples, as little-endian f32; the hash is of the texts they were made from.
    "CREATE TABLE intent_vectors (
        rule_id {uuid} NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
        encoder TEXT NOT NULL,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        recipe_version BIGINT NOT NULL,
        source_hash {bytes} NOT NULL,
        vectors {bytes} NOT NULL,
        computed_at BIGINT NOT NULL,
        PRIMARY KEY (rule_id, encoder)
    )",
    "CREATE INDEX intent_vectors_of_account ON intent_vectors (account_id, encoder)",
    // The background phrases of the recipe, embedded once per model of a provider.
    "CREATE TABLE intent_backgrounds (
        encoder TEXT PRIMARY KEY,
        recipe_version BIGINT NOT NULL,
        vectors {bytes} NOT NULL,
        computed_at BIGINT NOT NULL
    )",
    "CREATE TABLE ai_usage (
        tenant_id {uuid} NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        day TEXT NOT NULL,
        requests BIGINT NOT NULL,
        prompt_tokens BIGINT NOT NULL,
        completion_tokens BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, day)
    )",
    // The words of a turn are sealed values of the turn's id.
    "CREATE TABLE conversation_turns (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        conversation_id {uuid} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        author TEXT NOT NULL CHECK (author IN ('customer', 'concierge')),
        message_id {uuid} REFERENCES messages (id) ON DELETE CASCADE,
        occurred_at BIGINT NOT NULL
    )",
    "CREATE INDEX conversation_turns_in_order ON conversation_turns (conversation_id, occurred_at)",
    "CREATE INDEX conversation_turns_by_age ON conversation_turns (occurred_at)",
    // Memory is off until an admin switches it on. What happens to an answer that the checks hold back is JSON.
    "ALTER TABLE accounts ADD COLUMN ai_memory BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE accounts ADD COLUMN ai_fallback TEXT NOT NULL DEFAULT '{\"kind\":\"silence\"}'",
    "ALTER TABLE replies ADD COLUMN compose_attempts BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE replies ADD COLUMN held_by TEXT",
    // The AI asked for a person: after this reply the conversation is left to one.
    "ALTER TABLE replies ADD COLUMN hand_over BOOLEAN NOT NULL DEFAULT FALSE",
    // Which check held the AI's answer back.
    "ALTER TABLE messages ADD COLUMN held_by TEXT",
];
