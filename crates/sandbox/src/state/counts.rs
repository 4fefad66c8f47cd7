//! Totals that stay exact when the lists have forgotten their oldest entries.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

/// Beyond this many different (customer, text) pairs only the totals go on.
const KEEP_PAIRS: usize = 2_000_000;

/// Totals since the start or the last reset.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// DMs of customers.
    pub dms: u64,
    /// Accepted sends.
    pub sends: u64,
    /// Sends that repeated a text to the same customer.
    pub repeated_sends: u64,
    /// Graph calls.
    pub calls: u64,
    /// Webhooks answered with 200.
    pub delivered: u64,
    /// Webhooks whose tries all failed.
    pub given_up: u64,
    /// Single tries that failed.
    pub failed_attempts: u64,
    #[serde(skip)]
    pairs: HashMap<u64, u32>,
}

impl Counts {
    /// Counts an accepted send.
    pub fn sent(&mut self, ig_id: &str, recipient: &str, text: &str) {
        self.sends += 1;
        let key = pair(ig_id, recipient, text);
        if let Some(times) = self.pairs.get_mut(&key) {
            *times += 1;
            self.repeated_sends += 1;
        } else if self.pairs.len() < KEEP_PAIRS {
            self.pairs.insert(key, 1);
        }
    }

    /// How often the customer was sent the text.
    pub fn times_sent(&self, ig_id: &str, recipient: &str, text: &str) -> u32 {
        self.pairs.get(&pair(ig_id, recipient, text)).copied().unwrap_or(0)
    }
}

fn pair(ig_id: &str, recipient: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (ig_id, recipient, text).hash(&mut hasher);
    hasher.finish()
}
