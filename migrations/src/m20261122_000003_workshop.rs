//! What the rule workshop adds: the history of reply configs, examples, conversations left to people, and the disclosure line.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261122_000003_workshop",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "ALTER TABLE rules ADD COLUMN leave_to_person BOOLEAN NOT NULL DEFAULT FALSE",
    // Hours that Concierge keeps quiet in a conversation after a person wrote in it; 0 is off.
    "ALTER TABLE accounts ADD COLUMN human_quiet_hours BIGINT NOT NULL DEFAULT 12",
    "ALTER TABLE conversations ADD COLUMN left_to_person_at BIGINT",
    "ALTER TABLE conversations ADD COLUMN resumed_at BIGINT",
    "CREATE INDEX conversations_with_a_person ON conversations (account_id, last_human_at) WHERE last_human_at IS NOT NULL",
    "CREATE INDEX conversations_left_to_a_person ON conversations (account_id, left_to_person_at)
        WHERE left_to_person_at IS NOT NULL",
    // The line that says that replies are automated; none when NULL.
    "ALTER TABLE tenants ADD COLUMN disclosure TEXT",
    // A message that an admin typed, as JSON.
    "CREATE TABLE examples (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        message TEXT NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX examples_of_account ON examples (account_id, created_at)",
    // Beside its row of the audit log, each change keeps what differed on both sides, as JSON.
    "CREATE TABLE reply_config_changes (
        id {uuid} PRIMARY KEY REFERENCES audit_log (id) ON DELETE CASCADE,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        account_id {uuid} NOT NULL REFERENCES reply_configs (account_id) ON DELETE CASCADE,
        revision BIGINT NOT NULL,
        said_before TEXT NOT NULL,
        said_after TEXT NOT NULL,
        UNIQUE (account_id, revision)
    )",
    // How often each rule answered, and when last.
    "CREATE INDEX messages_answered_by_rule ON messages (rule_id, created_at)
        WHERE rule_id IS NOT NULL AND direction = 'inbound' AND outcome = 'sent'",
];
