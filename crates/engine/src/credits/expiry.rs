//! Writes off what is left in expired batches.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, TenantId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::{EXPIRED_BATCHES, TENANTS_WITH_EXPIRED_BATCHES};
use super::store;
use crate::outgoing_webhooks::{self, NewWebhook, crosses_low};
use crate::storage::entity::credit_ledger;
use crate::storage::{Connection, Database, StorageError, commit, sql};

/// Writes off every expired batch of every tenant, one transaction for each.
pub async fn write_off_everywhere(database: &Database, now: Timestamp) -> Result<(), StorageError> {
    let tenants = sql::values::<TenantId, _>(database.reader(), TENANTS_WITH_EXPIRED_BATCHES, [now.into()]).await?;
    for tenant in tenants {
        let transaction = database.begin().await?;
        write_off_expired(&transaction, tenant, now).await?;
        commit(transaction).await?;
    }
    Ok(())
}

/// Writes off every expired batch of a tenant, with a ledger row each.
pub async fn write_off_expired<C: Connection>(
    transaction: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<(), StorageError> {
    // The balance row is the lock of the tenant's batches.
    store::change_balance(transaction, tenant, 0).await?;
    let expired = sql::values(transaction, EXPIRED_BATCHES, [tenant.into(), now.into()]).await?;
    for (batch, remaining) in expired {
        write_off(transaction, tenant, batch, remaining, now).await?;
    }
    Ok(())
}

pub(super) async fn write_off<C: Connection>(
    transaction: &C,
    tenant: TenantId,
    batch: BatchId,
    remaining: i64,
    now: Timestamp,
) -> Result<(), StorageError> {
    if remaining == 0 {
        return Ok(());
    }
    store::set_remaining(transaction, batch, 0, None).await?;
    let corrupt = StorageError::Corrupt("credit balance");
    let balance_after = store::change_balance(transaction, tenant, -remaining)
        .await?
        .ok_or(corrupt)?;
    let entry = credit_ledger::Model {
        id: Uuid::now_v7(),
        tenant_id: tenant,
        batch_id: batch,
        reply_id: None,
        kind: LedgerKind::Expire,
        amount: -remaining,
        balance_after,
        note: None,
        created_at: now,
    };
    store::insert_entry(transaction, entry).await?;
    let is_low = crosses_low(balance_after + remaining, balance_after);
    let told = is_low.then(|| NewWebhook::credits_low(tenant, balance_after));
    outgoing_webhooks::record(transaction, told.as_slice(), now).await
}
