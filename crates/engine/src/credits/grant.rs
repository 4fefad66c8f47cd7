//! Gives a tenant new credits.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, TenantId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::{ADD_TO_BALANCE, LOCK_BALANCE};
use super::store;
use crate::storage::entity::{credit_batches, credit_ledger};
use crate::storage::{Connection, StorageError, sql};

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
    /// The operator's own name for it, such as an invoice's number: what carries it is granted once.
    pub reference: Option<String>,
}

/// What became of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// It was written.
    Now {
        /// The new balance.
        balance: i64,
    },
    /// It was written before, under the same reference; nothing changed.
    Before {
        /// When.
        at: Timestamp,
        /// The present balance.
        balance: i64,
    },
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
    /// The reference is another grant's.
    #[error("the reference stands for another grant, of {0} credits; give this one a reference of its own")]
    ReferenceTaken(i64),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Writes the batch, the balance and the ledger row, unless they were written under the same reference before.
///
/// # Errors
/// See [`GrantError`].
pub async fn grant<C: Connection>(transaction: &C, grant: &Grant, now: Timestamp) -> Result<Granted, GrantError> {
    if !(1..=LARGEST).contains(&grant.amount) {
        return Err(GrantError::Amount);
    }
    if let Some(before) = granted_before(transaction, grant).await? {
        return Ok(before);
    }
    let balance = sql::value(transaction, ADD_TO_BALANCE, [grant.tenant.into(), grant.amount.into()]).await?;
    let balance_after = balance.ok_or(GrantError::UnknownTenant)?;
    let batch = credit_batches::Model {
        id: BatchId::from_uuid(Uuid::now_v7()),
        tenant_id: grant.tenant,
        granted: grant.amount,
        remaining: grant.amount,
        expires_at: grant.expires_at,
        created_at: now,
        reference: grant.reference.clone(),
    };
    let entry = credit_ledger::Model {
        id: Uuid::now_v7(),
        tenant_id: grant.tenant,
        batch_id: batch.id,
        reply_id: None,
        kind: LedgerKind::Grant,
        amount: grant.amount,
        balance_after,
        note: Some(grant.note.clone()),
        created_at: now,
    };
    store::insert_batch(transaction, batch).await?;
    store::insert_entry(transaction, entry).await?;
    Ok(Granted::Now { balance: balance_after })
}

async fn granted_before<C: Connection>(transaction: &C, grant: &Grant) -> Result<Option<Granted>, GrantError> {
    let Some(reference) = &grant.reference else {
        return Ok(None);
    };
    let balance: Option<i64> = sql::value(transaction, LOCK_BALANCE, [grant.tenant.into()]).await?;
    let Some(batch) = store::batch_of_reference(transaction, grant.tenant, reference).await? else {
        return Ok(None);
    };
    if batch.granted != grant.amount {
        return Err(GrantError::ReferenceTaken(batch.granted));
    }
    Ok(Some(Granted::Before {
        at: batch.created_at,
        balance: balance.unwrap_or_default(),
    }))
}
