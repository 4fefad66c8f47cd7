//! Gives a tenant new credits.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::ledger::{self, Entry};
use crate::storage::{StorageError, sql};

/// More than anybody needs, less than what overflows anything.
const LARGEST: i64 = 1_000_000_000;

/// New credits.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Who gets them.
    pub tenant: TenantId,
    /// How many.
    pub amount: i64,
    /// When what is left of them expires.
    pub expires_at: Option<Timestamp>,
    /// Why; shown in the ledger.
    pub note: String,
}

/// Credits cannot be granted.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// Zero, negative or absurd.
    #[error("the amount must be between 1 and {LARGEST}")]
    Amount,
    /// There is no such tenant.
    #[error("there is no such tenant")]
    UnknownTenant,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

#[derive(FromQueryResult)]
struct BalanceRow {
    balance: i64,
}

/// Writes the batch, the balance and the ledger row. Returns the new balance.
///
/// # Errors
/// See [`GrantError`].
pub async fn grant<C: ConnectionTrait>(transaction: &C, grant: &Grant, now: Timestamp) -> Result<i64, GrantError> {
    if !(1..=LARGEST).contains(&grant.amount) {
        return Err(GrantError::Amount);
    }
    let tenant = grant.tenant.as_uuid();
    let text = "INSERT INTO credit_balances (tenant_id, balance) SELECT id, $2 FROM tenants WHERE id = $1
        ON CONFLICT (tenant_id) DO UPDATE SET balance = credit_balances.balance + excluded.balance RETURNING balance";
    let row = sql::optional::<BalanceRow, C>(transaction, text, [tenant.into(), grant.amount.into()]).await?;
    let balance_after = row.ok_or(GrantError::UnknownTenant)?.balance;
    let batch = insert_batch(transaction, grant, now).await?;
    let entry = Entry {
        tenant: grant.tenant,
        batch,
        reply: None,
        kind: LedgerKind::Grant,
        amount: grant.amount,
        balance_after,
        note: Some(&grant.note),
    };
    ledger::write(transaction, entry, now).await?;
    Ok(balance_after)
}

async fn insert_batch<C: ConnectionTrait>(
    transaction: &C,
    grant: &Grant,
    now: Timestamp,
) -> Result<BatchId, StorageError> {
    let id = Uuid::now_v7();
    let text = "INSERT INTO credit_batches (id, tenant_id, granted, remaining, expires_at, created_at)
        VALUES ($1, $2, $3, $3, $4, $5)";
    let values = [
        id.into(),
        grant.tenant.as_uuid().into(),
        grant.amount.into(),
        grant.expires_at.map(Timestamp::as_millis).into(),
        now.as_millis().into(),
    ];
    sql::execute(transaction, text, values).await?;
    Ok(BatchId::from_uuid(id))
}
