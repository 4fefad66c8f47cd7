//! Gives a credit back when no reply reached the customer.

use std::time::Duration;

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::expiry::{ExpiredBatch, write_off};
use super::ledger::{self, Entry};
use crate::storage::{StorageError, sql};

/// How long a credit that comes back to an expired batch stays usable.
const GRACE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

#[derive(FromQueryResult)]
struct ChargeRow {
    tenant_id: Uuid,
    batch_id: Uuid,
}

#[derive(FromQueryResult)]
struct BatchRow {
    remaining: i64,
    expires_at: Option<i64>,
}

/// Gives the reply's credit back to its batch; returns whether there was one to give back. Call it in the transaction
/// that writes the final state.
///
/// # Errors
/// What the database answers.
pub async fn restore<C: ConnectionTrait>(
    transaction: &C,
    reply: ReplyId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let text = "SELECT tenant_id, batch_id FROM credit_ledger d WHERE d.reply_id = $1 AND d.kind = 'deduct'
        AND NOT EXISTS (SELECT 1 FROM credit_ledger r WHERE r.reply_id = $1 AND r.kind = 'restore')";
    let Some(charge) = sql::optional::<ChargeRow, C>(transaction, text, [reply.as_uuid().into()]).await? else {
        return Ok(false);
    };
    let (tenant, batch) = (
        TenantId::from_uuid(charge.tenant_id),
        BatchId::from_uuid(charge.batch_id),
    );
    let corrupt = StorageError::Corrupt("credit balance");
    // First the balance: its row lock is the tenant's turn at the batches.
    let balance_after = ledger::change_balance(transaction, tenant, 1).await?.ok_or(corrupt)?;
    let entry = Entry {
        tenant,
        batch,
        reply: Some(reply),
        kind: LedgerKind::Restore,
        amount: 1,
        balance_after,
        note: None,
    };
    ledger::write(transaction, entry, now).await?;
    put_back(transaction, tenant, batch, now).await?;
    Ok(true)
}

async fn put_back<C: ConnectionTrait>(
    transaction: &C,
    tenant: TenantId,
    batch: BatchId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let id = || batch.as_uuid().into();
    let text = "SELECT remaining, expires_at FROM credit_batches WHERE id = $1";
    let row = sql::optional::<BatchRow, C>(transaction, text, [id()])
        .await?
        .ok_or(StorageError::Corrupt("credit batch"))?;
    if row.expires_at.is_some_and(|expires_at| expires_at <= now.as_millis()) {
        // What else is left there has expired for good; only the credit that comes back lives on.
        write_off(
            transaction,
            tenant,
            ExpiredBatch {
                id: batch.as_uuid(),
                remaining: row.remaining,
            },
            now,
        )
        .await?;
        let text = "UPDATE credit_batches SET remaining = 1, expires_at = $1 WHERE id = $2";
        sql::execute(transaction, text, [(now + GRACE).as_millis().into(), id()]).await?;
    } else {
        sql::execute(
            transaction,
            "UPDATE credit_batches SET remaining = remaining + 1 WHERE id = $1",
            [id()],
        )
        .await?;
    }
    Ok(())
}
