//! What an owner does with the keys of their workspace, and an operator by command.

use std::time::Duration;

use domain::api_keys::{ApiKeyDraft, MAX_KEYS};
use domain::ids::{ApiKeyId, TenantId};
use domain::limits::FieldError;
use domain::views::ApiKeyRow;
use uuid::Uuid;

use super::{ApiKeysError, NewSecret, store};
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry, TenantTime};
use crate::storage::entity::api_keys;
use crate::storage::{Database, StorageError, commit};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Two random 48-bit prefixes seldom meet; a generator that repeats itself must not run forever.
const TRIES: usize = 8;

/// The keys of one tenant. Another tenant's ids are [`ApiKeysError::NotFound`].
#[derive(Debug, Clone)]
pub struct ApiKeys {
    database: Database,
    clock: SharedClock,
    tenant: TenantId,
}

/// A key that was just made.
pub struct MadeKey {
    /// Which one.
    pub id: ApiKeyId,
    /// To be shown once.
    pub secret: NewSecret,
}

impl ApiKeys {
    /// The keys of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
        }
    }

    /// Those that were not revoked, the newest first.
    pub async fn list(&self) -> Result<Vec<ApiKeyRow>, StorageError> {
        let reader = self.database.reader();
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        let rows = store::keys(reader, self.tenant).await?;
        Ok(rows.into_iter().map(|row| view(row, &time)).collect())
    }

    /// Makes a key.
    ///
    /// # Errors
    /// [`ApiKeysError::Invalid`] under `name`, `scopes`, `days`, or under `keys` when there are too many.
    pub async fn create(&self, draft: &ApiKeyDraft, actor: Actor) -> Result<MadeKey, ApiKeysError> {
        let draft = draft.validate().map_err(ApiKeysError::Invalid)?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        identity::lock_tenant(&tx, self.tenant).await?;
        if store::keys(&tx, self.tenant).await?.len() >= MAX_KEYS {
            return Err(too_many());
        }
        let id = ApiKeyId::from_uuid(Uuid::now_v7());
        let mut made = None;
        for _ in 0..TRIES {
            let secret = NewSecret::random();
            let row = api_keys::Model {
                id,
                tenant_id: self.tenant,
                name: draft.name.clone(),
                prefix: secret.prefix().to_owned(),
                secret_hash: secret.hash().to_vec(),
                scopes: draft.scopes.clone(),
                created_by: actor.user(),
                created_at: now,
                expires_at: draft.days.map(|days| now + DAY * days),
                last_used_at: None,
                revoked_at: None,
            };
            if store::insert_key(&tx, row).await? {
                made = Some(secret);
                break;
            }
        }
        let secret = made.ok_or(StorageError::Corrupt("prefix of an API key"))?;
        let detail = format!("The API key {} was made for: {}.", draft.name, draft.scopes);
        self.record(&tx, actor, "api_key.made", id, &detail).await?;
        commit(tx).await?;
        Ok(MadeKey { id, secret })
    }

    /// Ends a key at once.
    ///
    /// # Errors
    /// [`ApiKeysError::NotFound`], also when it was revoked before.
    pub async fn revoke(&self, key: ApiKeyId, actor: Actor) -> Result<String, ApiKeysError> {
        let tx = self.database.begin().await?;
        let revoked = store::revoke(&tx, self.tenant, key, self.clock.now()).await?;
        let revoked = revoked.ok_or(ApiKeysError::NotFound)?;
        let detail = format!("The API key {} was revoked.", revoked.name);
        self.record(&tx, actor, "api_key.revoked", key, &detail).await?;
        commit(tx).await?;
        Ok(revoked.name)
    }

    async fn record<C: crate::storage::Connection>(
        &self,
        tx: &C,
        actor: Actor,
        action: &'static str,
        key: ApiKeyId,
        detail: &str,
    ) -> Result<(), StorageError> {
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject: key.as_uuid(),
            detail,
        };
        identity::record(tx, entry, self.clock.now()).await.map(drop)
    }
}

fn too_many() -> ApiKeysError {
    ApiKeysError::Invalid(vec![FieldError {
        field: "keys".to_owned(),
        message: format!("There are {MAX_KEYS} keys already. Revoke one that is no longer needed."),
    }])
}

fn view(row: api_keys::Model, time: &TenantTime) -> ApiKeyRow {
    ApiKeyRow {
        id: row.id,
        name: row.name,
        prefix: format!("concierge_{}", row.prefix),
        scopes: row.scopes,
        created: time.moment(row.created_at),
        expires: row.expires_at.map(|at| time.moment(at)),
        is_over: row.expires_at.is_some_and(|end| end <= time.now()),
        last_used: row.last_used_at.map(|at| time.moment(at)),
    }
}
