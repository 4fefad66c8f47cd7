//! Key rotation without reconnecting: add the key last on every server, move it first, `concierge keys rotate`, remove
//! the old one. Rows are re-sealed one by one with compare-and-set, while the server runs.

use std::collections::BTreeSet;

use super::sql::{KEY_IDS, RESEAL};
use super::store::values_of_other_keys;
use super::{KeyRing, Sealed, Vault, VaultError, digest_key};
use crate::storage::entity::sealed_values;
use crate::storage::erase::mark_destroyed;
use crate::storage::{Database, StorageError, sql};

const BATCH: u64 = 200;

/// Key ids found in the database that `ring` does not know. A server with any of these must not start.
pub async fn missing_keys(database: &Database, ring: &KeyRing) -> Result<Vec<String>, StorageError> {
    let used = key_ids_in_use(database).await?;
    let unknown = |id: &String| ring.find(id).is_none();
    Ok(used.into_iter().filter(unknown).collect())
}

/// The ids of the keys that something in the database is sealed with.
pub async fn key_ids_in_use(database: &Database) -> Result<Vec<String>, StorageError> {
    let mut ids: BTreeSet<String> = sql::values(database.reader(), KEY_IDS, []).await?.into_iter().collect();
    ids.extend(digest_key::sealing_key_id(database).await?);
    Ok(ids.into_iter().collect())
}

/// Re-seals everything with the active key; returns how many values changed.
///
/// # Errors
/// The first value that cannot be opened, or what the database answers.
pub async fn rotate(database: &Database, vault: &Vault) -> Result<u64, VaultError> {
    let mut changed = digest_key::reseal(database, vault.key_ring()).await?;
    loop {
        let batch = values_of_other_keys(database, &vault.key_ring().active().id, BATCH).await?;
        if batch.is_empty() {
            return Ok(changed);
        }
        for row in batch {
            changed += reseal(database, vault, row).await?;
        }
    }
}

/// Writes only if nobody changed or destroyed the value meanwhile.
async fn reseal(database: &Database, vault: &Vault, row: sealed_values::Model) -> Result<u64, VaultError> {
    let old = Sealed {
        key_id: row.key_id,
        ciphertext: row.ciphertext,
    };
    let plaintext = zeroize::Zeroizing::new(vault.open(row.purpose, row.tenant_id, row.owner_id, &old)?);
    let new = vault.seal(row.purpose, row.tenant_id, row.owner_id, &plaintext)?;
    let values = [
        new.key_id.into(),
        new.ciphertext.into(),
        row.owner_id.into(),
        row.purpose.into(),
        old.key_id.into(),
        old.ciphertext.into(),
    ];
    let changed = sql::execute(database.writer(), RESEAL, values).await?;
    mark_destroyed(changed);
    Ok(changed)
}
