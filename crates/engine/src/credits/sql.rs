//! Statements on credits that guard a balance, write many rows, or need more than one table.
//!
//! `remaining > 0` is the literal of a partial index.

use crate::storage::statements;

statements! {
    /// Locks the row until the transaction ends; no row when the balance would fall below zero.
    pub(super) const CHANGE_BALANCE: &str =
        "UPDATE credit_balances SET balance = balance + $1
        WHERE tenant_id = $2 AND balance + $1 >= 0 RETURNING balance";

    pub(super) const INSERT_ENTRIES: &str =
        "INSERT INTO credit_ledger (id, tenant_id, batch_id, reply_id, kind, amount, balance_after, note, created_at)
        VALUES {rows:uuid uuid uuid uuid text bigint bigint text bigint}";

    /// Tenant and amount; no row for an unknown tenant.
    pub(super) const ADD_TO_BALANCE: &str =
        "INSERT INTO credit_balances (tenant_id, balance) SELECT id, $2 FROM tenants WHERE id = $1
        ON CONFLICT (tenant_id) DO UPDATE SET balance = credit_balances.balance + excluded.balance RETURNING balance";

    /// The tenant's row, locked: grants of one tenant wait for each other.
    pub(super) const LOCK_BALANCE: &str = "SELECT balance FROM credit_balances WHERE tenant_id = $1 {lock:FOR UPDATE}";

    /// Locks the rows of some tenants until the transaction ends, always in the same order.
    pub(super) const LOCK_BALANCES: &str =
        "SELECT tenant_id, balance FROM credit_balances WHERE tenant_id IN ({list})
        ORDER BY tenant_id {lock:FOR NO KEY UPDATE}";

    /// What is left of each batch, in the order they are used.
    pub(super) const USABLE_BATCHES: &str =
        "SELECT tenant_id, id, remaining, expires_at FROM credit_batches
        WHERE tenant_id IN ({list}) AND remaining > 0
        ORDER BY (CASE WHEN expires_at IS NULL THEN 1 ELSE 0 END), expires_at, created_at, id";

    pub(super) const TAKE_FROM_BALANCES: &str =
        "WITH v (tenant_id, taken) AS (VALUES {rows:uuid bigint})
        UPDATE credit_balances SET balance = balance - v.taken
        FROM v WHERE credit_balances.tenant_id = v.tenant_id AND balance >= v.taken";

    pub(super) const TAKE_FROM_BATCHES: &str =
        "WITH v (id, taken) AS (VALUES {rows:uuid bigint})
        UPDATE credit_batches SET remaining = remaining - v.taken
        FROM v WHERE credit_batches.id = v.id AND remaining >= v.taken";

    /// Tenant and now.
    pub(super) const EXPIRED_BATCHES: &str =
        "SELECT id, remaining FROM credit_batches
        WHERE tenant_id = $1 AND remaining > 0 AND expires_at <= $2 ORDER BY expires_at, id";

    pub(super) const TENANTS_WITH_EXPIRED_BATCHES: &str =
        "SELECT DISTINCT tenant_id FROM credit_batches WHERE remaining > 0 AND expires_at <= $1";

    /// Reply, and the kinds of deduction and restoration: no row when there is nothing to give back.
    pub(super) const CHARGE: &str =
        "SELECT tenant_id, batch_id FROM credit_ledger d WHERE d.reply_id = $1 AND d.kind = $2
        AND NOT EXISTS (SELECT 1 FROM credit_ledger r WHERE r.reply_id = $1 AND r.kind = $3)";

    pub(super) const WRONG_TENANTS: &str =
        "SELECT tenant_id, balance, ledger, batches FROM (
            SELECT t.id AS tenant_id, COALESCE(b.balance, 0) AS balance,
                CAST(COALESCE((SELECT SUM(amount) FROM credit_ledger l WHERE l.tenant_id = t.id), 0) AS BIGINT) AS ledger,
                CAST(COALESCE((SELECT SUM(remaining) FROM credit_batches c WHERE c.tenant_id = t.id), 0) AS BIGINT) AS batches
            FROM tenants t LEFT JOIN credit_balances b ON b.tenant_id = t.id
        ) sums WHERE balance <> ledger OR balance <> batches";

    /// The kinds of deduction and restoration, and every state of a reply in its order. Queued replies have neither, reserved to
    /// sent ones a deduction, failed and skipped ones both or neither.
    pub(super) const WRONG_REPLIES: &str =
        "SELECT id, state, deducted, restored FROM (
            SELECT r.id, r.state,
                (SELECT COUNT(*) FROM credit_ledger l WHERE l.reply_id = r.id AND l.kind = $1) AS deducted,
                (SELECT COUNT(*) FROM credit_ledger l WHERE l.reply_id = r.id AND l.kind = $2) AS restored
            FROM replies r
        ) charges
        WHERE (state = $3 AND (deducted <> 0 OR restored <> 0))
            OR (state IN ($4, $5, $6, $7) AND (deducted <> 1 OR restored <> 0))
            OR (state IN ($8, $9) AND deducted <> restored)";
}
