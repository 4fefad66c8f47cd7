//! The reference model of batches and ledger for one tenant, without a database: small enough to be read and believed. The
//! engine does the same in SQL and is held against it.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId};
use domain::time::Timestamp;

/// How long a credit stays usable that was given back to a batch which had expired meanwhile: 7 days.
pub const RESTORED_USABLE_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// One granted batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Credits granted.
    pub granted: u64,
    /// Credits left.
    pub remaining: u64,
    /// From this moment on the rest cannot be used; `None` never expires. A late restore moves it.
    pub expires_at: Option<Timestamp>,
}

impl Batch {
    fn usable(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

/// One row of the ledger. `amount` is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// What happened.
    pub kind: LedgerKind,
    /// Credits, with their sign.
    pub amount: i64,
    /// The batch concerned.
    pub batch: BatchId,
    /// The reply concerned; `None` for grants and expiries.
    pub reply: Option<ReplyId>,
    /// The balance after this row.
    pub balance_after: i64,
    /// When.
    pub at: Timestamp,
}

/// Why a reply got no credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReserveError {
    /// No usable batch has anything left.
    #[error("no credits")]
    NoCredits,
    /// This reply was charged before: it is never charged twice.
    #[error("already reserved")]
    AlreadyReserved,
}

/// Why nothing was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// The reply never took a credit.
    #[error("never reserved")]
    NeverReserved,
    /// It gave its credit back before: never twice.
    #[error("already restored")]
    AlreadyRestored,
}

/// A broken invariant, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LedgerFault(pub String);

/// One tenant's batches and ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceLedger {
    batches: BTreeMap<BatchId, Batch>,
    rows: Vec<LedgerRow>,
    balance: i64,
}

impl ReferenceLedger {
    /// Adds a batch. Returns `false` for a batch id that exists already, and leaves that batch alone.
    pub fn grant(&mut self, batch: BatchId, credits: u32, expires_at: Option<Timestamp>, now: Timestamp) -> bool {
        if self.batches.contains_key(&batch) {
            return false;
        }
        let granted = u64::from(credits);
        self.batches.insert(
            batch,
            Batch {
                granted,
                remaining: granted,
                expires_at,
            },
        );
        self.write(LedgerKind::Grant, i64::from(credits), batch, None, now);
        true
    }

    /// Takes one credit for `reply` from the usable batch that expires soonest (never-expiring ones last, then the lower id).
    pub fn reserve(&mut self, reply: ReplyId, now: Timestamp) -> Result<BatchId, ReserveError> {
        if self.row(reply, LedgerKind::Deduct).is_some() {
            return Err(ReserveError::AlreadyReserved);
        }
        let (id, batch) = self
            .batches
            .iter_mut()
            .filter(|(_, batch)| batch.remaining > 0 && batch.usable(now))
            .min_by_key(|(id, batch)| (batch.expires_at.is_none(), batch.expires_at, **id))
            .ok_or(ReserveError::NoCredits)?;
        batch.remaining -= 1;
        let id = *id;
        self.write(LedgerKind::Deduct, -1, id, Some(reply), now);
        Ok(id)
    }

    /// Gives the credit of `reply` back to the batch it came from. If that batch has expired meanwhile its old rest is written
    /// off first and the returned credit stays usable for [`RESTORED_USABLE_FOR`].
    pub fn restore(&mut self, reply: ReplyId, now: Timestamp) -> Result<BatchId, RestoreError> {
        let id = self
            .row(reply, LedgerKind::Deduct)
            .ok_or(RestoreError::NeverReserved)?
            .batch;
        if self.row(reply, LedgerKind::Restore).is_some() {
            return Err(RestoreError::AlreadyRestored);
        }
        self.write_off(id, now);
        if let Some(batch) = self.batches.get_mut(&id) {
            if !batch.usable(now) {
                batch.expires_at = Some(now + RESTORED_USABLE_FOR);
            }
            batch.remaining += 1;
        }
        self.write(LedgerKind::Restore, 1, id, Some(reply), now);
        Ok(id)
    }

    /// Writes off what is left in batches that have expired. Afterwards [`balance`](Self::balance) equals [`usable`](Self::usable).
    pub fn expire(&mut self, now: Timestamp) {
        let ids: Vec<BatchId> = self.batches.keys().copied().collect();
        for id in ids {
            self.write_off(id, now);
        }
    }

    /// The balance as the tenant sees it.
    pub fn balance(&self) -> i64 {
        self.balance
    }

    /// Credits a reply could take at `now`. Less than the balance only between an expiry and the next [`expire`](Self::expire).
    pub fn usable(&self, now: Timestamp) -> u64 {
        self.batches
            .values()
            .filter(|batch| batch.usable(now))
            .map(|batch| batch.remaining)
            .sum()
    }

    /// The ledger, oldest row first.
    pub fn rows(&self) -> &[LedgerRow] {
        &self.rows
    }

    /// The batches by id.
    pub fn batches(&self) -> &BTreeMap<BatchId, Batch> {
        &self.batches
    }

    /// Checks: balance = sum of the ledger = sum of the batches, never below zero at any row; per reply at most one deduct, and a
    /// restore only after it, at most one, to the same batch. The error names the first that does not hold.
    pub fn check(&self) -> Result<(), LedgerFault> {
        let fault = |text: String| Err(LedgerFault(text));
        let mut sum = 0_i64;
        let mut charged: BTreeMap<ReplyId, (BatchId, bool)> = BTreeMap::new();
        for row in &self.rows {
            sum += row.amount;
            if sum < 0 || sum != row.balance_after {
                return fault(format!("balance after {row:?} should be {sum}"));
            }
            match (row.kind, row.reply) {
                (LedgerKind::Deduct, Some(reply)) => {
                    if charged.insert(reply, (row.batch, false)).is_some() {
                        return fault(format!("{reply} was charged twice"));
                    }
                }
                (LedgerKind::Restore, Some(reply)) => match charged.get_mut(&reply) {
                    Some((batch, restored)) if *batch == row.batch && !*restored => *restored = true,
                    _ => return fault(format!("{reply} was given back what it did not hold")),
                },
                (LedgerKind::Grant | LedgerKind::Expire, None) => {}
                _ => {
                    return fault(format!(
                        "{row:?} has a reply where none belongs, or none where one does"
                    ));
                }
            }
        }
        let left: u64 = self.batches.values().map(|batch| batch.remaining).sum();
        if sum != self.balance || i64::try_from(left) != Ok(sum) {
            return fault(format!("ledger {sum}, balance {}, batches {left}", self.balance));
        }
        match self.batches.iter().find(|(_, batch)| batch.remaining > batch.granted) {
            Some((id, _)) => fault(format!("{id} holds more than was granted")),
            None => Ok(()),
        }
    }

    fn write_off(&mut self, id: BatchId, now: Timestamp) {
        let Some(batch) = self
            .batches
            .get_mut(&id)
            .filter(|batch| !batch.usable(now) && batch.remaining > 0)
        else {
            return;
        };
        let rest = std::mem::take(&mut batch.remaining);
        self.write(
            LedgerKind::Expire,
            i64::try_from(rest).map_or(i64::MIN, |rest| -rest),
            id,
            None,
            now,
        );
    }

    fn row(&self, reply: ReplyId, kind: LedgerKind) -> Option<&LedgerRow> {
        self.rows
            .iter()
            .find(|row| row.reply == Some(reply) && row.kind == kind)
    }

    fn write(&mut self, kind: LedgerKind, amount: i64, batch: BatchId, reply: Option<ReplyId>, at: Timestamp) {
        self.balance += amount;
        self.rows.push(LedgerRow {
            kind,
            amount,
            batch,
            reply,
            balance_after: self.balance,
            at,
        });
    }
}
