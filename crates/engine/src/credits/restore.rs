//! Gives a credit back when no reply reached the customer.

use std::time::Duration;

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId, TenantId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::expiry::write_off;
use super::sql::CHARGE;
use super::store;
use crate::storage::entity::credit_ledger;
use crate::storage::{Connection, StorageError, sql};

/// How long a credit that is given back to an expired batch stays usable.
const GRACE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Gives the reply's credit back to its batch; returns whether there was one to give back. Call it in the transaction
/// that writes the final state.
pub async fn restore<C: Connection>(transaction: &C, reply: ReplyId, now: Timestamp) -> Result<bool, StorageError> {
    let values = [reply.into(), LedgerKind::Deduct.into(), LedgerKind::Restore.into()];
    let charge = sql::value::<(TenantId, BatchId), C>(transaction, CHARGE, values).await?;
    let Some((tenant, batch)) = charge else {
        return Ok(false);
    };
    let corrupt = StorageError::Corrupt("credit balance");
    // First the balance: its row lock is the tenant's turn at the batches.
    let balance_after = store::change_balance(transaction, tenant, 1).await?.ok_or(corrupt)?;
    let entry = credit_ledger::Model {
        id: Uuid::now_v7(),
        tenant_id: tenant,
        batch_id: batch,
        reply_id: Some(reply),
        kind: LedgerKind::Restore,
        amount: 1,
        balance_after,
        note: None,
        created_at: now,
    };
    store::insert_entry(transaction, entry).await?;
    put_back(transaction, tenant, batch, now).await?;
    Ok(true)
}

async fn put_back<C: Connection>(
    transaction: &C,
    tenant: TenantId,
    batch: BatchId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let row = store::batch(transaction, batch).await?;
    if row.expires_at.is_none_or(|expires_at| expires_at > now) {
        return store::add_to_batch(transaction, batch).await;
    }
    // What else is left there has expired for good; only the credit that is given back lives on.
    write_off(transaction, tenant, batch, row.remaining, now).await?;
    store::set_remaining(transaction, batch, 1, Some(now + GRACE)).await
}
