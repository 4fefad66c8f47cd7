//! What a form leaves for the next page of somebody who is signed in. Strangers leave nothing here.
//!
//! A flash is small and its session's; the file of an import is large, and stands apart under its digest, so that no other request of the
//! session reads it.

mod store;

use std::time::Duration;

use domain::ids::UserId;
use sha2::{Digest, Sha256};
use tower_sessions::session::Id;

use super::sessions;
use crate::clock::SharedClock;
use crate::storage::entity::{Hidden, flashes, import_previews};
use crate::storage::{Database, StorageError};

/// What is not fetched by then is gone.
pub const FLASH_LIFETIME: Duration = Duration::from_secs(15 * 60);
/// A form with everything that was typed, as JSON, in bytes.
pub const LARGEST_FLASH: usize = 16 * 1024;

/// The flashes of this deployment.
#[derive(Debug, Clone)]
pub struct Flashes {
    database: Database,
    clock: SharedClock,
}

impl Flashes {
    /// The flashes in `database`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock) -> Self {
        Self {
            database: database.clone(),
            clock,
        }
    }

    /// Keeps `content` for the page `path` of the session, in place of an earlier one. What is too large is not kept.
    pub async fn put(&self, session: &Id, path: &str, content: String) -> Result<bool, StorageError> {
        if content.len() > LARGEST_FLASH {
            return Ok(false);
        }
        let flash = flashes::Model {
            session_hash: sessions::hash(session),
            path: path.to_owned(),
            content: Hidden(content),
            expires_at: self.clock.now() + FLASH_LIFETIME,
        };
        store::put(self.database.writer(), flash).await?;
        Ok(true)
    }

    /// The content that was kept for this page, once.
    pub async fn take(&self, session: &Id, path: &str) -> Result<Option<String>, StorageError> {
        let (hash, now) = (sessions::hash(session), self.clock.now());
        let Some(flash) = store::find(self.database.reader(), &hash, path, now).await? else {
            return Ok(None);
        };
        let taken = store::delete(self.database.writer(), &hash).await?;
        Ok(taken.then_some(flash.content.0))
    }

    /// Keeps the preview of an import, in place of the person's earlier one. Returns its digest.
    pub async fn put_import(&self, user: UserId, content: String) -> Result<Vec<u8>, StorageError> {
        let digest = Sha256::digest(content.as_bytes()).to_vec();
        let preview = import_previews::Model {
            user_id: user,
            digest: digest.clone(),
            content: Hidden(content),
            expires_at: self.clock.now() + FLASH_LIFETIME,
        };
        store::put_import(self.database.writer(), preview).await?;
        Ok(digest)
    }

    /// The person's preview of this digest, once.
    pub async fn take_import(&self, user: UserId, digest: &[u8]) -> Result<Option<String>, StorageError> {
        let now = self.clock.now();
        let Some(preview) = store::find_import(self.database.reader(), user, digest, now).await? else {
            return Ok(None);
        };
        store::delete_import(self.database.writer(), user, digest).await?;
        Ok(Some(preview.content.0))
    }
}
