//! Reply credits: batches, the balance that guards them, and the ledger that explains it.

pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE credit_batches (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        granted BIGINT NOT NULL CHECK (granted > 0),
        remaining BIGINT NOT NULL CHECK (remaining >= 0 AND remaining <= granted),
        expires_at BIGINT,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX credit_batches_of_tenant ON credit_batches (tenant_id, expires_at) WHERE remaining > 0",
    "CREATE TABLE credit_balances (
        tenant_id {uuid} PRIMARY KEY REFERENCES tenants (id),
        balance BIGINT NOT NULL CHECK (balance >= 0)
    )",
    "CREATE TABLE credit_ledger (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} NOT NULL REFERENCES tenants (id),
        batch_id {uuid} NOT NULL REFERENCES credit_batches (id),
        reply_id {uuid},
        kind TEXT NOT NULL CHECK (kind IN ('grant', 'deduct', 'restore', 'expire')),
        amount BIGINT NOT NULL,
        balance_after BIGINT NOT NULL CHECK (balance_after >= 0),
        note TEXT,
        created_at BIGINT NOT NULL,
        UNIQUE (reply_id, kind),
        CHECK ((reply_id IS NOT NULL) = (kind IN ('deduct', 'restore'))),
        CHECK ((amount > 0) = (kind IN ('grant', 'restore')))
    )",
    "CREATE INDEX credit_ledger_newest_first ON credit_ledger (tenant_id, created_at DESC, id DESC)",
];
