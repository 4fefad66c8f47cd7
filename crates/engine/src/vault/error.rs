//! What can go wrong with keys and sealed values.

use crate::storage::StorageError;

/// The configured keys cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// There is no key at all.
    #[error("no key is set; `concierge keys new` prints one")]
    Empty,
    /// An entry is not `id:base64`.
    #[error("key {position} is not of the form id:base64")]
    Malformed {
        /// Counted from 1.
        position: usize,
    },
    /// The id uses other characters than letters, digits, `-` and `_`, or is longer than 32.
    #[error("the id of key {position} may hold 1 to 32 letters, digits, - and _")]
    BadId {
        /// Counted from 1.
        position: usize,
    },
    /// The key is not 32 bytes of base64.
    #[error("key '{id}' is not 32 bytes of base64")]
    BadKey {
        /// The id of the entry.
        id: String,
    },
    /// Two entries have the same id.
    #[error("key id '{id}' appears twice")]
    Duplicate {
        /// The id of both entries.
        id: String,
    },
}

/// A sealed value cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key ring lacks the key the value was sealed with.
    #[error("the encryption key '{0}' is not configured")]
    UnknownKey(String),
    /// The value was sealed for another place or was changed.
    #[error("a sealed value cannot be opened")]
    Unreadable,
    /// Nothing is stored there.
    #[error("nothing is sealed there")]
    Missing,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
