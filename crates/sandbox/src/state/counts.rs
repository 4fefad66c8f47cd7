//! Totals that stay exact when the lists have forgotten their oldest entries.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

/// Beyond this many different (customer, text) pairs only the totals go on.
const KEEP_PAIRS: usize = 2_000_000;

#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    pub dms: u64,
    pub sends: u64,
    /// Sends that repeated a text to the same customer.
    pub repeated_sends: u64,
    pub calls: u64,
    pub delivered: u64,
    pub given_up: u64,
    pub failed_attempts: u64,
    #[serde(skip)]
    pairs: HashMap<u64, u32>,
}

impl Counts {
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

    pub fn times_sent(&self, ig_id: &str, recipient: &str, text: &str) -> u32 {
        self.pairs.get(&pair(ig_id, recipient, text)).copied().unwrap_or(0)
    }
}

fn pair(ig_id: &str, recipient: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (ig_id, recipient, text).hash(&mut hasher);
    hasher.finish()
}
