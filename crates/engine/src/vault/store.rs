//! Sealed values in the database: one table for tokens and for content in flight. Nobody else deletes from it: what is
//! destroyed here is counted, so that it is erased from the files as well.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{Content, Sealed, SealedPurpose, Vault, VaultError};
use crate::storage::bulk::BulkInsert;
use crate::storage::erase::mark_destroyed;
use crate::storage::{StorageError, sql};

/// Inserts new sealed values.
const INSERT: BulkInsert = BulkInsert {
    into: "sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at)",
    columns: 6,
    suffix: "",
};

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

#[derive(FromQueryResult)]
struct SealedRow {
    key_id: String,
    ciphertext: Vec<u8>,
}

/// Inserts several values at once.
///
/// # Errors
/// [`StorageError::Refused`] when a place is taken already.
pub async fn insert_many<C: ConnectionTrait>(
    connection: &C,
    seals: &[PlacedSeal],
    now: Timestamp,
) -> Result<(), StorageError> {
    INSERT
        .execute(connection, seals.iter().map(|seal| row(seal, now)).collect())
        .await
}

fn row(seal: &PlacedSeal, now: Timestamp) -> Vec<Value> {
    vec![
        seal.owner.into(),
        seal.purpose.as_str().into(),
        seal.tenant.as_uuid().into(),
        seal.sealed.key_id.clone().into(),
        seal.sealed.ciphertext.clone().into(),
        now.as_millis().into(),
    ]
}

/// Stores a value, replacing what is at its place.
///
/// # Errors
/// What the database answers.
pub async fn put<C: ConnectionTrait>(connection: &C, seal: &PlacedSeal, now: Timestamp) -> Result<(), StorageError> {
    let text = "INSERT INTO sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (owner_id, purpose) DO UPDATE
        SET key_id = excluded.key_id, ciphertext = excluded.ciphertext, created_at = excluded.created_at";
    // Whether a value was replaced is not told.
    mark_destroyed(sql::execute(connection, text, row(seal, now)).await?);
    Ok(())
}

/// Reads and opens a value.
///
/// # Errors
/// [`VaultError::Missing`] when nothing is there; otherwise what [`Vault::open`] says.
pub async fn open<C: ConnectionTrait>(
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
///
/// # Errors
/// What the database answers.
pub async fn sealed<C: ConnectionTrait>(
    connection: &C,
    purpose: SealedPurpose,
    tenant: TenantId,
    owner: Uuid,
) -> Result<Option<Sealed>, StorageError> {
    let text = "SELECT key_id, ciphertext FROM sealed_values WHERE owner_id = $1 AND purpose = $2 AND tenant_id = $3";
    let place = [owner.into(), purpose.as_str().into(), tenant.as_uuid().into()];
    let row = sql::optional::<SealedRow, C>(connection, text, place).await?;
    Ok(row.map(|row| Sealed {
        key_id: row.key_id,
        ciphertext: row.ciphertext,
    }))
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
pub async fn destroy<C: ConnectionTrait>(connection: &C, owner: Uuid) -> Result<(), StorageError> {
    destroy_many(connection, vec![owner]).await
}

/// Destroys everything sealed for these owners.
pub async fn destroy_many<C: ConnectionTrait>(connection: &C, owners: Vec<Uuid>) -> Result<(), StorageError> {
    if owners.is_empty() {
        return Ok(());
    }
    let owners = sql::padded(owners.into_iter().map(Value::from).collect());
    let names = sql::placeholders(1, owners.len());
    let text = format!("DELETE FROM sealed_values WHERE owner_id IN ({names})");
    delete(connection, text, owners).await
}

/// Destroys the content of every reply of an account.
pub async fn destroy_content_of<C: ConnectionTrait>(connection: &C, account: AccountId) -> Result<(), StorageError> {
    let text = "DELETE FROM sealed_values WHERE owner_id IN (SELECT id FROM replies WHERE account_id = $1)";
    delete(connection, text.into(), vec![account.as_uuid().into()]).await
}

async fn delete<C: ConnectionTrait>(connection: &C, text: String, values: Vec<Value>) -> Result<(), StorageError> {
    mark_destroyed(sql::execute(connection, text, values).await?);
    Ok(())
}
