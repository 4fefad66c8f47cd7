//! From a key that somebody sent to the program that sent it. Across tenants: the key says whose it is.

use std::time::Duration;

use domain::api_keys::{Scope, Scopes};
use domain::ids::{ApiKeyId, TenantId};
use domain::time::Timestamp;

use super::secret::GivenKey;
use super::store;
use crate::identity::Actor;
use crate::storage::{Database, StorageError, entity::api_keys};

/// `last_used_at` is that exact: more would be a write for every request.
const USE_IS_NOTED_EVERY: Duration = Duration::from_secs(60);

/// A program that proved itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiCaller {
    /// Its key.
    pub key: ApiKeyId,
    /// Whose data it works with.
    pub tenant: TenantId,
    /// What it may do.
    pub scopes: Scopes,
}

impl ApiCaller {
    /// Whether it may.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.allow(scope)
    }

    /// As the audit log names it.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::ApiKey(self.key)
    }
}

/// The program that sent `text`; none for what is no key, or one that is unknown, revoked or over.
pub async fn authenticate(database: &Database, text: &str, now: Timestamp) -> Result<Option<ApiCaller>, StorageError> {
    let Some(given) = GivenKey::parse(text) else {
        return Ok(None);
    };
    let Some(row) = store::key_by_prefix(database.reader(), given.prefix).await? else {
        return Ok(None);
    };
    if !given.is_proven_by(&row.secret_hash) || !is_live(&row, now) {
        return Ok(None);
    }
    if row
        .last_used_at
        .is_none_or(|last| now.since(last) >= USE_IS_NOTED_EVERY)
    {
        note_use(database, row.id, now).await;
    }
    Ok(Some(ApiCaller {
        key: row.id,
        tenant: row.tenant_id,
        scopes: row.scopes,
    }))
}

/// Whether a key that proved itself holds still: what lasts longer than a request asks again.
pub async fn holds_still(database: &Database, key: ApiKeyId, now: Timestamp) -> Result<bool, StorageError> {
    let row = store::key(database.reader(), key).await?;
    Ok(row.is_some_and(|row| is_live(&row, now)))
}

fn is_live(row: &api_keys::Model, now: Timestamp) -> bool {
    row.revoked_at.is_none() && row.expires_at.is_none_or(|end| now < end)
}

/// A request is not refused because its time could not be written down.
async fn note_use(database: &Database, key: ApiKeyId, now: Timestamp) {
    if let Err(error) = store::mark_used(database.writer(), key, now).await {
        tracing::warn!(%error, "the last use of an API key could not be noted");
    }
}
