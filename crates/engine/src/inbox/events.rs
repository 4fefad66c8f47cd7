//! Which events of a group are recorded: those of connected accounts, each once. Its key is unique per account and kept for 14 days.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::ids::AccountId;
use domain::time::Timestamp;

use super::sql::{INSERT_EVENT_KEYS, RECORDED_KEYS};
use crate::channels::event::{Addresses, InboundEvent};
use crate::channels::{Channel, EventAccount};
use crate::storage::{StorageError, Transaction, bulk, sql};

/// Keys of one query.
const MOST_KEYS: usize = 512;

/// An event with its account.
pub(super) struct AccountEvent<'a> {
    pub(super) delivery: usize,
    pub(super) account: Arc<EventAccount>,
    pub(super) event: &'a InboundEvent,
}

/// The events of connected accounts, in order, and how many belong to nobody.
pub(super) struct Routed<'a> {
    pub(super) events: Vec<AccountEvent<'a>>,
    pub(super) unknown: usize,
}

pub(super) async fn find_accounts<'a>(
    transaction: &Transaction,
    channel: &dyn Channel,
    deliveries: &[&'a [InboundEvent]],
) -> Result<Routed<'a>, StorageError> {
    let directory = Directory::load(transaction, channel, deliveries).await?;
    let mut routed = Routed {
        events: Vec::new(),
        unknown: 0,
    };
    for (delivery, events) in deliveries.iter().enumerate() {
        for event in *events {
            match directory.find(&event.addresses) {
                Some(account) => routed.events.push(AccountEvent {
                    delivery,
                    account,
                    event,
                }),
                None => routed.unknown += 1,
            }
        }
    }
    Ok(routed)
}

struct Directory {
    by_primary: HashMap<String, Arc<EventAccount>>,
    by_secondary: HashMap<String, Arc<EventAccount>>,
}

impl Directory {
    async fn load(
        transaction: &Transaction,
        channel: &dyn Channel,
        deliveries: &[&[InboundEvent]],
    ) -> Result<Self, StorageError> {
        let events = deliveries.iter().copied().flatten();
        let mut addresses: Vec<String> = events.flat_map(|event| event.addresses.all()).cloned().collect();
        addresses.sort_unstable();
        addresses.dedup();
        let accounts = channel.route(transaction, &addresses).await?;
        let accounts: Vec<Arc<EventAccount>> = accounts.into_iter().map(Arc::new).collect();
        let by = |address: fn(&EventAccount) -> &String| {
            let entry = |account: &Arc<EventAccount>| (address(account).clone(), account.clone());
            accounts.iter().map(entry).collect()
        };
        Ok(Self {
            by_primary: by(|account| &account.primary),
            by_secondary: by(|account| &account.secondary),
        })
    }

    fn find(&self, addresses: &Addresses) -> Option<Arc<EventAccount>> {
        let mut primary = addresses.primary.iter();
        let mut secondary = addresses.secondary.iter();
        let found = primary.find_map(|address| self.by_primary.get(address));
        found
            .or_else(|| secondary.find_map(|address| self.by_secondary.get(address)))
            .cloned()
    }
}

/// The key of an event with its account.
pub(super) type Key = (AccountId, String);

fn key(event: &AccountEvent<'_>) -> Key {
    (event.account.id, event.event.key.clone())
}

/// Records the keys and keeps the events that nobody recorded before, in order.
pub(super) async fn keep_new<'a>(
    transaction: &Transaction,
    events: Vec<AccountEvent<'a>>,
    now: Timestamp,
) -> Result<Vec<AccountEvent<'a>>, StorageError> {
    // Sorted, so that two servers that record the same keys wait for each other instead of deadlocking.
    let mut keys: Vec<Key> = events.iter().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    let rows = keys.into_iter();
    let rows = rows.map(|(account, key)| vec![account.into(), key.into(), now.into()]);
    let inserted: Vec<Key> = bulk::returning(transaction, INSERT_EVENT_KEYS, rows.collect()).await?;
    let mut new: HashSet<Key> = inserted.into_iter().collect();
    Ok(events.into_iter().filter(|event| new.remove(&key(event))).collect())
}

/// Which of these keys are recorded, at any time.
pub(super) async fn recorded(transaction: &Transaction, keys: Vec<Key>) -> Result<HashSet<Key>, StorageError> {
    let mut found = HashSet::new();
    for chunk in keys.chunks(MOST_KEYS) {
        // Few distinct texts, so that prepared statements are reused: the last key is repeated up to a power of two.
        let mut keys = chunk.to_vec();
        keys.resize(keys.len().next_power_of_two(), chunk[chunk.len() - 1].clone());
        let rows = keys.into_iter().map(|(account, key)| vec![account.into(), key.into()]);
        let (text, values) = sql::with_rows(RECORDED_KEYS, [], rows);
        found.extend(sql::values::<Key, _>(transaction, text, values).await?);
    }
    Ok(found)
}
