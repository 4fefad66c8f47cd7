//! Sealed values in the database: one table for tokens and for content in flight. Nobody else deletes from it: what is
//! destroyed here is counted, so that it is erased from the files as well.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::sql::{DESTROY, DESTROY_CONTENT_OF_ACCOUNT, INSERT, PUT, SEALED};
use super::{Content, Sealed, SealedPurpose, Vault, VaultError};
use crate::storage::entity::sealed_values;
use crate::storage::erase::mark_destroyed;
use crate::storage::{Connection, Database, StorageError, Value, bulk, sql};

/// A sealed value with its place.
#[derive(Clone)]
pub struct PlacedSeal {
    /// Account or reply.
    pub owner: Uuid,
    /// What it is.
    pub purpose: SealedPurpose,
    /// Whose it is.
    pub tenant: TenantId,
    /// The value.
    pub sealed: Sealed,
}

/// Inserts several values at once.
///
/// # Errors
/// [`StorageError::Refused`] when a place is taken already.
pub async fn insert_many<C: Connection>(
    connection: &C,
    seals: &[PlacedSeal],
    now: Timestamp,
) -> Result<(), StorageError> {
    bulk::execute(connection, INSERT, seals.iter().map(|seal| row(seal, now)).collect()).await
}

fn row(seal: &PlacedSeal, now: Timestamp) -> Vec<Value> {
    vec![
        seal.owner.into(),
        seal.purpose.into(),
        seal.tenant.into(),
        seal.sealed.key_id.clone().into(),
        seal.sealed.ciphertext.clone().into(),
        now.into(),
    ]
}

/// Stores a value, replacing what is at its place.
pub async fn put<C: Connection>(connection: &C, seal: &PlacedSeal, now: Timestamp) -> Result<(), StorageError> {
    put_many(connection, std::slice::from_ref(seal), now).await
}

/// Stores values, replacing what is at their places.
pub async fn put_many<C: Connection>(connection: &C, seals: &[PlacedSeal], now: Timestamp) -> Result<(), StorageError> {
    let rows = seals.iter().map(|seal| row(seal, now)).collect();
    // Whether a value was replaced is not told.
    mark_destroyed(bulk::changing(connection, PUT, [], rows).await?);
    Ok(())
}

/// Reads and opens a value.
///
/// # Errors
/// [`VaultError::Missing`] when nothing is there; otherwise what [`Vault::open`] says.
pub async fn open<C: Connection>(
    connection: &C,
    vault: &Vault,
    purpose: SealedPurpose,
    tenant: TenantId,
    owner: Uuid,
) -> Result<Content, VaultError> {
    let sealed = sealed(connection, purpose, tenant, owner)
        .await?
        .ok_or(VaultError::Missing)?;
    unseal(vault, purpose, tenant, owner, &sealed)
}

/// Reads a value as it is stored.
pub async fn sealed<C: Connection>(
    connection: &C,
    purpose: SealedPurpose,
    tenant: TenantId,
    owner: Uuid,
) -> Result<Option<Sealed>, StorageError> {
    let place = [owner.into(), purpose.into(), tenant.into()];
    let found = sql::value::<(String, Vec<u8>), C>(connection, SEALED, place).await?;
    Ok(found.map(|(key_id, ciphertext)| Sealed { key_id, ciphertext }))
}

/// Opens a value that was read together with other things.
///
/// # Errors
/// What [`Vault::open`] says.
pub fn unseal(
    vault: &Vault,
    purpose: SealedPurpose,
    tenant: TenantId,
    owner: Uuid,
    sealed: &Sealed,
) -> Result<Content, VaultError> {
    let plaintext = vault.open(purpose, tenant, owner, sealed)?;
    String::from_utf8(plaintext)
        .map(Content::new)
        .map_err(|_| VaultError::Unreadable)
}

/// Destroys everything sealed for an owner: the tokens of an account, the content of a reply, the token of a login attempt.
pub async fn destroy<C: Connection>(connection: &C, owner: Uuid) -> Result<(), StorageError> {
    destroy_many(connection, vec![owner]).await
}

/// Destroys everything sealed for these owners.
pub async fn destroy_many<C: Connection>(connection: &C, owners: Vec<Uuid>) -> Result<(), StorageError> {
    if owners.is_empty() {
        return Ok(());
    }
    let (text, values) = sql::with_list(DESTROY, [], owners);
    delete(connection, text, values).await
}

/// Destroys the content of every reply of an account.
pub async fn destroy_content_of<C: Connection>(connection: &C, account: AccountId) -> Result<(), StorageError> {
    delete(connection, DESTROY_CONTENT_OF_ACCOUNT.into(), vec![account.into()]).await
}

async fn delete<C: Connection>(connection: &C, text: String, values: Vec<Value>) -> Result<(), StorageError> {
    mark_destroyed(sql::execute(connection, text, values).await?);
    Ok(())
}

/// Values that are sealed with another key than `active`, some of them.
pub(super) async fn values_of_other_keys(
    database: &Database,
    active: &str,
    limit: u64,
) -> Result<Vec<sealed_values::Model>, StorageError> {
    let others = sealed_values::Entity::find().filter(sealed_values::Column::KeyId.ne(active));
    Ok(others.limit(limit).all(database.reader()).await?)
}
