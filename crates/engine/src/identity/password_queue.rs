//! Who waits for a password to be checked. Strangers leave one place free for devices that are known, wait in the order in which they
//! came, and no network holds more than a few places in the queue.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

/// Places of one network.
const PER_NETWORK: usize = 8;
/// Places in all: at some 30 ms each the last one waits for less than a second.
const PLACES: usize = 32;

/// The queue of strangers.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    pub(super) at_once: Arc<Semaphore>,
    waiting: Arc<Mutex<HashMap<String, usize>>>,
}

/// A place in the queue, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    queue: Queue,
    network: String,
}

impl Queue {
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(at_once.max(1))),
            waiting: Arc::default(),
        }
    }

    /// A place for somebody of this network; none when there are too many already.
    pub(super) fn enter(&self, network: &str) -> Option<Place> {
        let mut waiting = self.waiting();
        let all: usize = waiting.values().sum();
        let here = waiting.get(network).copied().unwrap_or_default();
        if all >= PLACES || here >= PER_NETWORK {
            return None;
        }
        waiting.insert(network.to_owned(), here + 1);
        drop(waiting);
        Some(Place {
            queue: self.clone(),
            network: network.to_owned(),
        })
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.queue.waiting();
        match waiting.get_mut(&self.network) {
            Some(here) if *here > 1 => *here -= 1,
            _ => {
                waiting.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_network_fills_the_queue_and_the_queue_has_an_end() {
        let queue = Queue::new(1);
        let one: Vec<_> = (0..20).filter_map(|_| queue.enter("one")).collect();
        assert_eq!(one.len(), PER_NETWORK);
        let others: Vec<_> = (0..100)
            .filter_map(|network| queue.enter(&network.to_string()))
            .collect();
        assert_eq!(one.len() + others.len(), PLACES);
        drop(one);
        assert!(queue.enter("one").is_some());
        drop(others);
        assert!(queue.waiting().is_empty());
    }
}
