//! Who is connected. Where there is no room, a connection without a whole request gives way: of the network that has most of them the
//! one that has waited longest. A caller who sends a request gets through however many only hold a line, and whoever keeps a few
//! connections for later, as Meta does, keeps them while a stranger takes hundreds.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use super::limits::ConnectionLimits;

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// The head of a request is awaited or half there.
    Head,
    /// The last request is answered.
    Idle,
    /// The body of a request is on its way.
    Body,
    /// A whole request is being answered.
    Answer,
}

impl Phase {
    fn gives_way(self) -> bool {
        matches!(self, Self::Head | Self::Idle)
    }
}

/// Those who have waited, longest first.
type Waiting = BTreeSet<(Instant, u64)>;

/// All connections of the public port.
#[derive(Debug, Clone)]
pub struct Connections {
    limits: ConnectionLimits,
    table: Arc<Mutex<Table>>,
}

#[derive(Debug, Default)]
struct Table {
    next: u64,
    rows: HashMap<u64, Row>,
    usual: Pool,
    reserve: Pool,
    networks: HashMap<IpAddr, Pool>,
}

#[derive(Debug, Default)]
struct Pool {
    open: usize,
    waiting: Waiting,
}

#[derive(Debug)]
struct Row {
    network: Option<IpAddr>,
    health_only: bool,
    phase: Phase,
    since: Instant,
    changed: Arc<Notify>,
}

/// One connection's place; given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    id: u64,
    connections: Connections,
    changed: Arc<Notify>,
    /// What the table says, for reads on every packet.
    phase: AtomicU8,
    /// It came when all other places were taken.
    pub health_only: bool,
}

impl Connections {
    /// None yet.
    #[must_use]
    pub fn new(limits: ConnectionLimits) -> Self {
        Self {
            limits,
            table: Arc::default(),
        }
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> &ConnectionLimits {
        &self.limits
    }

    /// A place for a caller of `network`; no network is counted for a trusted proxy. `None` when there is none to be had.
    #[must_use]
    pub fn admit(&self, network: Option<IpAddr>) -> Option<Arc<Place>> {
        let mut table = self.table();
        if let Some(here) = network.and_then(|network| table.networks.get(&network))
            && here.open >= self.limits.per_network
        {
            let (_, oldest) = here.waiting.first().copied()?;
            table.close(oldest);
        }
        let health_only = if make_room(&mut table, false, self.limits.connections) {
            false
        } else if make_room(&mut table, true, self.limits.health_reserve) {
            true
        } else {
            return None;
        };
        let changed = Arc::new(Notify::new());
        let id = table.open(network, health_only, changed.clone());
        drop(table);
        Some(Arc::new(Place {
            id,
            connections: self.clone(),
            changed,
            phase: AtomicU8::new(Phase::Head as u8),
            health_only,
        }))
    }

    /// Closes one that only waits, whatever the limits: the operating system has no files left.
    pub fn close_one(&self) {
        make_room(&mut self.table(), false, 0);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.table().rows.len()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(table: &mut Table, reserve: bool, most: usize) -> bool {
    let pool = if reserve { &table.reserve } else { &table.usual };
    if pool.open < most {
        return true;
    }
    let oldest = pool.waiting.first().map(|(_, id)| *id);
    let gives_way = if reserve {
        oldest
    } else {
        table.longest_of_most().or(oldest)
    };
    gives_way.is_some_and(|id| table.close(id))
}

impl Table {
    /// The one that has waited longest, of the network with most that wait. Connections of trusted proxies have no network.
    fn longest_of_most(&self) -> Option<u64> {
        let waiting = self.networks.values().map(|pool| &pool.waiting);
        let most = waiting.min_by_key(|waiting| (Reverse(waiting.len()), waiting.first().copied()))?;
        let usual = |id: &u64| self.rows.get(id).is_some_and(|row| !row.health_only);
        most.iter().map(|(_, id)| *id).find(usual)
    }

    fn open(&mut self, network: Option<IpAddr>, health_only: bool, changed: Arc<Notify>) -> u64 {
        let (id, since) = (self.next, Instant::now());
        self.next += 1;
        let row = Row {
            network,
            health_only,
            phase: Phase::Head,
            since,
            changed,
        };
        for pool in self.pools(&row) {
            pool.open += 1;
            pool.waiting.insert((since, id));
        }
        self.rows.insert(id, row);
        id
    }

    /// Takes its place away; the connection notices and ends.
    fn close(&mut self, id: u64) -> bool {
        let Some(row) = self.rows.remove(&id) else { return false };
        for pool in self.pools(&row) {
            pool.open = pool.open.saturating_sub(1);
            pool.waiting.remove(&(row.since, id));
        }
        if let Some(network) = row.network
            && self.networks.get(&network).is_some_and(|pool| pool.open == 0)
        {
            self.networks.remove(&network);
        }
        row.changed.notify_one();
        true
    }

    fn pools(&mut self, row: &Row) -> impl Iterator<Item = &mut Pool> {
        let kind = if row.health_only {
            &mut self.reserve
        } else {
            &mut self.usual
        };
        let network = row.network.map(|network| self.networks.entry(network).or_default());
        [Some(kind), network].into_iter().flatten()
    }

    fn enter(&mut self, id: u64, phase: Phase) {
        let Some(mut row) = self.rows.remove(&id) else { return };
        let before = row.since;
        row.phase = phase;
        row.since = Instant::now();
        let since = row.since;
        for pool in self.pools(&row) {
            pool.waiting.remove(&(before, id));
            if phase.gives_way() {
                pool.waiting.insert((since, id));
            }
        }
        self.rows.insert(id, row);
    }
}

impl Place {
    /// The connection stands elsewhere now.
    pub fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Relaxed);
        self.connections.table().enter(self.id, phase);
        self.changed.notify_one();
    }

    /// Whether it stands there.
    #[must_use]
    pub fn is_in(&self, phase: Phase) -> bool {
        self.phase.load(Ordering::Relaxed) == phase as u8
    }

    /// Where it stands, and since when; `None` when it has to end.
    #[must_use]
    pub fn state(&self) -> Option<(Phase, Instant)> {
        let table = self.connections.table();
        table.rows.get(&self.id).map(|row| (row.phase, row.since))
    }

    /// Waits until it stands elsewhere, or has to end.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.table().close(self.id);
    }
}

#[cfg(test)]
mod tests;
