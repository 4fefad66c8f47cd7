//! Proves that balances, batches, ledger and replies agree: `concierge credits verify`, the tests and the drill.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::{Database, StorageError, sql};

/// Two places that should agree and do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discrepancy {
    /// The balance differs from the ledger's sum or the batches' sum.
    Tenant {
        /// Whose.
        tenant: Uuid,
        /// As guarded.
        balance: i64,
        /// As explained.
        ledger: i64,
        /// As left in batches.
        batches: i64,
    },
    /// A reply was charged or refunded in a way its state does not allow.
    Reply {
        /// Which.
        reply: Uuid,
        /// Its state.
        state: String,
        /// Deductions found.
        deducted: i64,
        /// Restorations found.
        restored: i64,
    },
}

impl std::fmt::Display for Discrepancy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tenant {
                tenant,
                balance,
                ledger,
                batches,
            } => {
                write!(
                    formatter,
                    "tenant {tenant}: balance {balance}, ledger {ledger}, batches {batches}"
                )
            }
            Self::Reply {
                reply,
                state,
                deducted,
                restored,
            } => {
                write!(
                    formatter,
                    "reply {reply} is {state} with {deducted} deducted and {restored} restored"
                )
            }
        }
    }
}

#[derive(FromQueryResult)]
struct TenantRow {
    tenant_id: Uuid,
    balance: i64,
    ledger: i64,
    batches: i64,
}

#[derive(FromQueryResult)]
struct ReplyRow {
    id: Uuid,
    state: String,
    deducted: i64,
    restored: i64,
}

/// Everything that does not add up; empty when all is well.
///
/// # Errors
/// What the database answers.
pub async fn verify(database: &Database) -> Result<Vec<Discrepancy>, StorageError> {
    let mut found = wrong_tenants(database).await?;
    found.extend(wrong_replies(database).await?);
    Ok(found)
}

async fn wrong_tenants(database: &Database) -> Result<Vec<Discrepancy>, StorageError> {
    let text = "SELECT * FROM (
            SELECT t.id AS tenant_id, COALESCE(b.balance, 0) AS balance,
                CAST(COALESCE((SELECT SUM(amount) FROM credit_ledger l WHERE l.tenant_id = t.id), 0) AS BIGINT) AS ledger,
                CAST(COALESCE((SELECT SUM(remaining) FROM credit_batches c WHERE c.tenant_id = t.id), 0) AS BIGINT) AS batches
            FROM tenants t LEFT JOIN credit_balances b ON b.tenant_id = t.id
        ) sums WHERE balance <> ledger OR balance <> batches";
    let rows = sql::all::<TenantRow, _>(database.reader(), text, []).await?;
    Ok(rows
        .into_iter()
        .map(|row| Discrepancy::Tenant {
            tenant: row.tenant_id,
            balance: row.balance,
            ledger: row.ledger,
            batches: row.batches,
        })
        .collect())
}

/// Reserved to sending = 1 deduct, 0 restore; sent = 1/0; failed or skipped = 1/1 or 0/0; queued = 0/0.
async fn wrong_replies(database: &Database) -> Result<Vec<Discrepancy>, StorageError> {
    let text = "SELECT * FROM (
            SELECT r.id, r.state,
                (SELECT COUNT(*) FROM credit_ledger l WHERE l.reply_id = r.id AND l.kind = 'deduct') AS deducted,
                (SELECT COUNT(*) FROM credit_ledger l WHERE l.reply_id = r.id AND l.kind = 'restore') AS restored
            FROM replies r
        ) charges
        WHERE (state = 'queued' AND (deducted <> 0 OR restored <> 0))
            OR (state IN ('reserved', 'composed', 'sending', 'sent') AND (deducted <> 1 OR restored <> 0))
            OR (state IN ('failed', 'skipped') AND deducted <> restored)";
    let rows = sql::all::<ReplyRow, _>(database.reader(), text, []).await?;
    Ok(rows
        .into_iter()
        .map(|row| Discrepancy::Reply {
            reply: row.id,
            state: row.state,
            deducted: row.deducted,
            restored: row.restored,
        })
        .collect())
}
