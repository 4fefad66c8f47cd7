//! The second look at a body whose signature does not hold: was its escaped form signed? It costs six times the first, so it is done off
//! the async threads, one body at a time, and not for a network that failed often of late.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::signature::Proof;

/// Failures of one network before its bodies get no second look.
const FAILURES: u32 = 20;
/// For how long failures count.
const MEMORY: Duration = Duration::from_secs(60);
/// Networks that are remembered.
const NETWORKS: usize = 10_000;

/// The second looks of a server.
#[derive(Debug, Clone)]
pub(super) struct SecondLook {
    at_once: Arc<Semaphore>,
    failures: Arc<Mutex<HashMap<IpAddr, (u32, Instant)>>>,
}

impl Default for SecondLook {
    fn default() -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(1)),
            failures: Arc::default(),
        }
    }
}

impl SecondLook {
    /// Whether the escaped form of `body` was signed.
    pub(super) async fn holds(&self, network: IpAddr, proof: Proof, body: &Bytes) -> bool {
        if body.is_ascii() || !self.may_try(network, Instant::now()) {
            return false;
        }
        let Ok(_turn) = self.at_once.acquire().await else {
            return false;
        };
        let body = body.clone();
        let holds = tokio::task::spawn_blocking(move || proof.holds_escaped(&body)).await;
        let holds = holds.unwrap_or(false);
        if !holds {
            self.count_failure(network, Instant::now());
        }
        holds
    }

    fn may_try(&self, network: IpAddr, now: Instant) -> bool {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let often = |(count, since): &(u32, Instant)| *count >= FAILURES && now.duration_since(*since) < MEMORY;
        !failures.get(&network).is_some_and(often)
    }

    fn count_failure(&self, network: IpAddr, now: Instant) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= NETWORKS {
            failures.retain(|_, (_, since)| now.duration_since(*since) < MEMORY);
        }
        // Where all are recent, forgetting them costs a second look each.
        if failures.len() >= NETWORKS {
            failures.clear();
        }
        let (count, since) = failures.entry(network).or_insert((0, now));
        if now.duration_since(*since) >= MEMORY {
            (*count, *since) = (0, now);
        }
        *count += 1;
    }
}

#[cfg(test)]
mod tests;
