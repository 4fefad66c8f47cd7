//! Why work on a reply stops early.

use crate::storage::StorageError;
use crate::vault::VaultError;

/// Work on a reply stopped. The row says where; the sweeper comes back to it.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// Somebody else changed the reply: an echo, an unsend, or a worker after our claim had ended.
    #[error("somebody else changed the reply")]
    Conflict,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Content could not be sealed.
    #[error(transparent)]
    Vault(VaultError),
}
