//! Key rotation without reconnecting: add the key last on every server, move it first, `concierge keys rotate`, remove
//! the old one. Rows are re-sealed one by one with compare-and-set, while the server runs.

use domain::ids::TenantId;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{Sealed, SealedPurpose, Vault, VaultError};
use crate::storage::erase::mark_destroyed;
use crate::storage::{Database, StorageError, sql};

const BATCH: u64 = 200;

#[derive(FromQueryResult)]
struct StoredSeal {
    owner_id: Uuid,
    purpose: String,
    tenant_id: Uuid,
    key_id: String,
    ciphertext: Vec<u8>,
}

#[derive(FromQueryResult)]
struct KeyIdRow {
    key_id: String,
}

/// Key ids found in the database that `vault` does not know. A server with any of these must not start.
///
/// # Errors
/// What the database answers.
pub async fn missing_keys(database: &Database, vault: &Vault) -> Result<Vec<String>, StorageError> {
    let used = sql::all::<KeyIdRow, _>(database.reader(), "SELECT DISTINCT key_id FROM sealed_values", []).await?;
    Ok(used
        .into_iter()
        .map(|row| row.key_id)
        .filter(|id| vault.key_ring().find(id).is_none())
        .collect())
}

/// Re-seals everything with the active key; returns how many values changed.
///
/// # Errors
/// The first value that cannot be opened, or what the database answers.
pub async fn rotate(database: &Database, vault: &Vault) -> Result<u64, VaultError> {
    let mut changed = 0;
    loop {
        let batch = next_batch(database, vault).await?;
        if batch.is_empty() {
            return Ok(changed);
        }
        for row in batch {
            changed += reseal(database, vault, row).await?;
        }
    }
}

async fn next_batch(database: &Database, vault: &Vault) -> Result<Vec<StoredSeal>, StorageError> {
    let text = format!(
        "SELECT owner_id, purpose, tenant_id, key_id, ciphertext FROM sealed_values WHERE key_id <> $1 LIMIT {BATCH}"
    );
    sql::all(database.reader(), text, [vault.key_ring().active().id.clone().into()]).await
}

/// Writes only if nobody changed or destroyed the value meanwhile.
async fn reseal(database: &Database, vault: &Vault, row: StoredSeal) -> Result<u64, VaultError> {
    let purpose = purpose(&row.purpose)?;
    let tenant = TenantId::from_uuid(row.tenant_id);
    let old = Sealed {
        key_id: row.key_id,
        ciphertext: row.ciphertext,
    };
    let plaintext = zeroize::Zeroizing::new(vault.open(purpose, tenant, row.owner_id, &old)?);
    let new = vault.seal(purpose, tenant, row.owner_id, &plaintext)?;
    let text = "UPDATE sealed_values SET key_id = $1, ciphertext = $2
        WHERE owner_id = $3 AND purpose = $4 AND key_id = $5 AND ciphertext = $6";
    let values: [Value; 6] = [
        new.key_id.into(),
        new.ciphertext.into(),
        row.owner_id.into(),
        row.purpose.into(),
        old.key_id.into(),
        old.ciphertext.into(),
    ];
    let changed = sql::execute(database.writer(), text, values).await?;
    mark_destroyed(changed);
    Ok(changed)
}

fn purpose(name: &str) -> Result<SealedPurpose, StorageError> {
    use SealedPurpose::{ComposedReply, InboundBody, PageToken, UserToken};
    [PageToken, UserToken, InboundBody, ComposedReply]
        .into_iter()
        .find(|purpose| purpose.as_str() == name)
        .ok_or(StorageError::Corrupt("purpose of a sealed value"))
}
