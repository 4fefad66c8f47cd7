//! Takes one credit for one reply.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId, TenantId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::TAKE_FROM_BATCH;
use super::{store, write_off_expired};
use crate::storage::entity::credit_ledger;
use crate::storage::{Connection, StorageError, sql};

/// Whether a credit could be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// One credit is gone.
    Reserved,
    /// The balance is zero.
    NoCredits,
}

/// Takes one credit from the batch that expires first. Call it in the transaction that moves the reply to `reserved`.
///
/// # Errors
/// [`StorageError::Refused`] when this reply was charged before.
pub async fn reserve<C: Connection>(
    transaction: &C,
    tenant: TenantId,
    reply: ReplyId,
    now: Timestamp,
) -> Result<Reservation, StorageError> {
    let Some(mut balance_after) = store::change_balance(transaction, tenant, -1).await? else {
        return Ok(Reservation::NoCredits);
    };
    let mut batch = take_from_batch(transaction, tenant, now).await?;
    if batch.is_none() {
        // What is left has expired since the last write-off: put the credit back, settle that, look once more.
        store::change_balance(transaction, tenant, 1).await?;
        write_off_expired(transaction, tenant, now).await?;
        let Some(balance) = store::change_balance(transaction, tenant, -1).await? else {
            return Ok(Reservation::NoCredits);
        };
        balance_after = balance;
        batch = take_from_batch(transaction, tenant, now).await?;
    }
    let batch = batch.ok_or(StorageError::Corrupt("credit balance"))?;
    let entry = credit_ledger::Model {
        id: Uuid::now_v7(),
        tenant_id: tenant,
        batch_id: batch,
        reply_id: Some(reply),
        kind: LedgerKind::Deduct,
        amount: -1,
        balance_after,
        note: None,
        created_at: now,
    };
    store::insert_entry(transaction, entry).await?;
    Ok(Reservation::Reserved)
}

/// The balance row is locked by now, so nobody else takes from these batches.
async fn take_from_batch<C: Connection>(
    transaction: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<BatchId>, StorageError> {
    sql::value(transaction, TAKE_FROM_BATCH, [tenant.into(), now.into()]).await
}
