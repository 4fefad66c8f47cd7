//! Writes off what is left in expired batches.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::ledger::{self, Entry};
use crate::storage::{StorageError, sql};

#[derive(FromQueryResult)]
pub(super) struct ExpiredBatch {
    pub(super) id: Uuid,
    pub(super) remaining: i64,
}

/// Writes off every expired batch of a tenant, with a ledger row each.
///
/// # Errors
/// What the database answers.
pub async fn write_off_expired<C: ConnectionTrait>(
    transaction: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<(), StorageError> {
    // The balance row is the lock of the tenant's batches.
    ledger::change_balance(transaction, tenant, 0).await?;
    let text = "SELECT id, remaining FROM credit_batches
        WHERE tenant_id = $1 AND remaining > 0 AND expires_at <= $2 ORDER BY expires_at, id";
    let values = [tenant.as_uuid().into(), now.as_millis().into()];
    for batch in sql::all::<ExpiredBatch, C>(transaction, text, values).await? {
        write_off(transaction, tenant, batch, now).await?;
    }
    Ok(())
}

pub(super) async fn write_off<C: ConnectionTrait>(
    transaction: &C,
    tenant: TenantId,
    batch: ExpiredBatch,
    now: Timestamp,
) -> Result<(), StorageError> {
    if batch.remaining == 0 {
        return Ok(());
    }
    sql::execute(
        transaction,
        "UPDATE credit_batches SET remaining = 0 WHERE id = $1",
        [batch.id.into()],
    )
    .await?;
    let amount = -batch.remaining;
    let corrupt = StorageError::Corrupt("credit balance");
    let balance_after = ledger::change_balance(transaction, tenant, amount)
        .await?
        .ok_or(corrupt)?;
    let batch = BatchId::from_uuid(batch.id);
    let entry = Entry {
        tenant,
        batch,
        reply: None,
        kind: LedgerKind::Expire,
        amount,
        balance_after,
        note: None,
    };
    ledger::write(transaction, entry, now).await
}
