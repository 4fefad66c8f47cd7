//! Which connected account each event belongs to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::channels::event::{Addresses, InboundEvent};
use crate::channels::{Channel, EventAccount};
use crate::storage::{StorageError, Transaction};

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
        let accounts: Vec<Arc<EventAccount>> = channel
            .route(transaction, &addresses)
            .await?
            .into_iter()
            .map(Arc::new)
            .collect();
        Ok(Self {
            by_primary: accounts
                .iter()
                .map(|account| (account.primary.clone(), account.clone()))
                .collect(),
            by_secondary: accounts
                .iter()
                .map(|account| (account.secondary.clone(), account.clone()))
                .collect(),
        })
    }

    fn find(&self, addresses: &Addresses) -> Option<Arc<EventAccount>> {
        let primary = addresses
            .primary
            .iter()
            .find_map(|address| self.by_primary.get(address));
        let secondary = || {
            addresses
                .secondary
                .iter()
                .find_map(|address| self.by_secondary.get(address))
        };
        primary.or_else(secondary).cloned()
    }
}
