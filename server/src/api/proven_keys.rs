//! Keys that proved themselves lately. A network that sends wrong keys is told to wait before the database is asked; the programs there
//! whose keys are right go on.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// Beyond it they prove themselves anew.
const MOST_KEYS: usize = 10_000;

/// Their hashes.
#[derive(Debug, Clone, Default)]
pub struct ProvenKeys(Arc<Mutex<HashSet<[u8; 32]>>>);

impl ProvenKeys {
    pub(super) fn holds(&self, key: &str) -> bool {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.contains(&hash(key))
    }

    pub(super) fn add(&self, key: &str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= MOST_KEYS {
            keys.clear();
        }
        keys.insert(hash(key));
    }

    pub(super) fn forget(&self, key: &str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.remove(&hash(key));
    }
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}
