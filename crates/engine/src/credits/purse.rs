//! Takes credits for several replies at once: the balances of their tenants are locked and read, spent in memory, and written with one
//! statement per table. One reply is a purse of one.

use std::collections::{BTreeMap, BTreeSet};

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId, TenantId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::Reservation;
use super::sql::{LOCK_BALANCES, TAKE_FROM_BALANCES, TAKE_FROM_BATCHES, USABLE_BATCHES};
use super::{store, write_off_expired};
use crate::outgoing_webhooks::{self, NewWebhook, crosses_low};
use crate::storage::entity::credit_ledger;
use crate::storage::{StorageError, Transaction, Value, bulk, sql};

/// The credits of some tenants, locked until the transaction ends.
#[derive(Debug, Default)]
pub struct Purse {
    funds: BTreeMap<TenantId, Funds>,
    /// In the order they were taken.
    spent: Vec<Spent>,
}

#[derive(Debug, Default)]
struct Funds {
    balance: i64,
    /// Those that can be used, in the order they are.
    batches: Vec<Batch>,
}

#[derive(Debug)]
struct Batch {
    id: BatchId,
    remaining: i64,
}

#[derive(Debug)]
struct Spent {
    tenant: TenantId,
    batch: BatchId,
    reply: ReplyId,
}

impl Purse {
    /// Locks the balances of these tenants. What has expired is written off first.
    pub async fn open(
        transaction: &Transaction,
        tenants: impl IntoIterator<Item = TenantId> + Send,
        now: Timestamp,
    ) -> Result<Self, StorageError> {
        let tenants: BTreeSet<TenantId> = tenants.into_iter().collect();
        let mut purse = Self::default();
        if tenants.is_empty() {
            return Ok(purse);
        }
        let (text, values) = sql::with_list(LOCK_BALANCES, [], tenants.iter().copied());
        for (tenant, balance) in sql::values(transaction, text, values).await? {
            let batches = Vec::new();
            purse.funds.insert(tenant, Funds { balance, batches });
        }
        purse.read_batches(transaction, &tenants, now).await?;
        Ok(purse)
    }

    async fn read_batches(
        &mut self,
        transaction: &Transaction,
        tenants: &BTreeSet<TenantId>,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut expired = BTreeMap::<TenantId, i64>::new();
        let (text, values) = sql::with_list(USABLE_BATCHES, [], tenants.iter().copied());
        let rows: Vec<(TenantId, BatchId, i64, Option<Timestamp>)> = sql::values(transaction, text, values).await?;
        for (tenant, id, remaining, expires_at) in rows {
            if expires_at.is_some_and(|at| at <= now) {
                *expired.entry(tenant).or_default() += remaining;
            } else if let Some(funds) = self.funds.get_mut(&tenant) {
                funds.batches.push(Batch { id, remaining });
            }
        }
        for (tenant, written_off) in expired {
            write_off_expired(transaction, tenant, now).await?;
            if let Some(funds) = self.funds.get_mut(&tenant) {
                funds.balance -= written_off;
            }
        }
        Ok(())
    }

    /// Takes one credit from the batch that expires first, in memory: [`write`](Self::write) makes it last.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when the balance promises what no batch holds.
    pub fn take(&mut self, tenant: TenantId, reply: ReplyId) -> Result<Reservation, StorageError> {
        let Some(funds) = self.funds.get_mut(&tenant).filter(|funds| funds.balance > 0) else {
            return Ok(Reservation::NoCredits);
        };
        let batch = funds.batches.iter_mut().find(|batch| batch.remaining > 0);
        let batch = batch.ok_or(StorageError::Corrupt("credit balance"))?;
        funds.balance -= 1;
        batch.remaining -= 1;
        let batch = batch.id;
        self.spent.push(Spent { tenant, batch, reply });
        Ok(Reservation::Reserved)
    }

    /// Puts back what was taken for a reply that does not go on after all.
    pub fn put_back(&mut self, reply: ReplyId) {
        let Some(place) = self.spent.iter().position(|spent| spent.reply == reply) else {
            return;
        };
        let spent = self.spent.remove(place);
        if let Some(funds) = self.funds.get_mut(&spent.tenant) {
            funds.balance += 1;
            let batch = funds.batches.iter_mut().find(|batch| batch.id == spent.batch);
            if let Some(batch) = batch {
                batch.remaining += 1;
            }
        }
    }

    /// Whether something was taken for this reply.
    #[must_use]
    pub fn holds(&self, reply: ReplyId) -> bool {
        self.spent.iter().any(|spent| spent.reply == reply)
    }

    /// Writes what was taken: balances, batches, and a ledger row for each reply.
    ///
    /// # Errors
    /// [`StorageError::Refused`] when a reply was charged before.
    pub async fn write(self, transaction: &Transaction, now: Timestamp) -> Result<(), StorageError> {
        if self.spent.is_empty() {
            return Ok(());
        }
        let tenants = count(self.spent.iter().map(|spent| spent.tenant));
        let batches = count(self.spent.iter().map(|spent| spent.batch));
        take(transaction, TAKE_FROM_BALANCES, rows(&tenants)).await?;
        take(transaction, TAKE_FROM_BATCHES, rows(&batches)).await?;
        outgoing_webhooks::record(transaction, &self.running_low(&tenants), now).await?;
        store::insert_entries(transaction, self.entries(&tenants, now)).await
    }

    /// Tenants whose balance fell to one that is worth telling. They are told in the transaction that takes the credit.
    fn running_low(&self, taken: &BTreeMap<TenantId, i64>) -> Vec<NewWebhook> {
        let told = taken.iter().filter_map(|(tenant, taken)| {
            let left = self.funds.get(tenant)?.balance;
            crosses_low(left + taken, left).then(|| NewWebhook::credits_low(*tenant, left))
        });
        told.collect()
    }

    fn entries(&self, taken: &BTreeMap<TenantId, i64>, now: Timestamp) -> Vec<credit_ledger::Model> {
        let before = |tenant: &TenantId| {
            let left = self.funds.get(tenant).map_or(0, |funds| funds.balance);
            left + taken.get(tenant).copied().unwrap_or_default()
        };
        let mut balances: BTreeMap<TenantId, i64> = taken.keys().map(|tenant| (*tenant, before(tenant))).collect();
        let entry = |spent: &Spent| {
            let balance = balances.entry(spent.tenant).or_default();
            *balance -= 1;
            credit_ledger::Model {
                id: Uuid::now_v7(),
                tenant_id: spent.tenant,
                batch_id: spent.batch,
                reply_id: Some(spent.reply),
                kind: LedgerKind::Deduct,
                amount: -1,
                balance_after: *balance,
                note: None,
                created_at: now,
            }
        };
        self.spent.iter().map(entry).collect()
    }
}

fn count<Id: Ord>(ids: impl Iterator<Item = Id>) -> BTreeMap<Id, i64> {
    let mut counts = BTreeMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    counts
}

fn rows<Id: Copy + Into<Value>>(counts: &BTreeMap<Id, i64>) -> Vec<Vec<Value>> {
    let row = |(id, count): (&Id, &i64)| vec![(*id).into(), (*count).into()];
    counts.iter().map(row).collect()
}

async fn take(transaction: &Transaction, statement: &str, rows: Vec<Vec<Value>>) -> Result<(), StorageError> {
    let wanted = rows.len();
    let changed = bulk::changing(transaction, statement, [], rows).await?;
    match usize::try_from(changed) {
        Ok(changed) if changed == wanted => Ok(()),
        _ => Err(StorageError::Corrupt("credit balance")),
    }
}
