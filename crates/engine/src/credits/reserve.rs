//! Takes one credit for one reply.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::ledger::{self, Entry};
use super::write_off_expired;
use crate::storage::{StorageError, sql};

/// Whether a credit could be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// One credit is gone.
    Reserved,
    /// The balance is zero.
    NoCredits,
}

#[derive(FromQueryResult)]
struct BatchRow {
    id: Uuid,
}

/// Takes one credit from the batch that expires first. Call it in the transaction that moves the reply to `reserved`.
///
/// # Errors
/// [`StorageError::Refused`] when this reply was charged before; what the database answers.
pub async fn reserve<C: ConnectionTrait>(
    transaction: &C,
    tenant: TenantId,
    reply: ReplyId,
    now: Timestamp,
) -> Result<Reservation, StorageError> {
    let Some(mut balance_after) = ledger::change_balance(transaction, tenant, -1).await? else {
        return Ok(Reservation::NoCredits);
    };
    let mut batch = take_from_batch(transaction, tenant, now).await?;
    if batch.is_none() {
        // What is left has expired since the last write-off: put the credit back, settle that, look once more.
        ledger::change_balance(transaction, tenant, 1).await?;
        write_off_expired(transaction, tenant, now).await?;
        let Some(balance) = ledger::change_balance(transaction, tenant, -1).await? else {
            return Ok(Reservation::NoCredits);
        };
        balance_after = balance;
        batch = take_from_batch(transaction, tenant, now).await?;
    }
    let batch = batch.ok_or(StorageError::Corrupt("credit balance"))?;
    let entry = Entry {
        tenant,
        batch,
        reply: Some(reply),
        kind: LedgerKind::Deduct,
        amount: -1,
        balance_after,
        note: None,
    };
    ledger::write(transaction, entry, now).await?;
    Ok(Reservation::Reserved)
}

/// The balance row is locked by now, so nobody else takes from these batches.
async fn take_from_batch<C: ConnectionTrait>(
    transaction: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<BatchId>, StorageError> {
    let text = "UPDATE credit_batches SET remaining = remaining - 1 WHERE id = (
            SELECT id FROM credit_batches
            WHERE tenant_id = $1 AND remaining > 0 AND (expires_at IS NULL OR expires_at > $2)
            ORDER BY (CASE WHEN expires_at IS NULL THEN 1 ELSE 0 END), expires_at, created_at, id LIMIT 1
        ) RETURNING id";
    let values = [tenant.as_uuid().into(), now.as_millis().into()];
    let row = sql::optional::<BatchRow, C>(transaction, text, values).await?;
    Ok(row.map(|row| BatchId::from_uuid(row.id)))
}
