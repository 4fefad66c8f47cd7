//! Takes one credit for one reply.

use domain::ids::{ReplyId, TenantId};
use domain::time::Timestamp;

use super::Purse;
use crate::storage::{StorageError, Transaction};

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
pub async fn reserve(
    transaction: &Transaction,
    tenant: TenantId,
    reply: ReplyId,
    now: Timestamp,
) -> Result<Reservation, StorageError> {
    let mut purse = Purse::open(transaction, [tenant], now).await?;
    let reservation = purse.take(tenant, reply)?;
    purse.write(transaction, now).await?;
    Ok(reservation)
}
