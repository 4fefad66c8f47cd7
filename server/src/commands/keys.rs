//! `concierge keys`: making and changing encryption keys.

use engine::storage::Database;
use engine::vault::{KeyRing, Vault, generate_key, missing_keys, rotate as reseal};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::database;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

/// A new entry for `CONCIERGE_ENCRYPTION_KEYS`.
pub(super) fn generate() -> SecretString {
    let id = Uuid::new_v4().simple().to_string();
    generate_key(&id[..8])
}

/// Prints a new key.
pub(super) fn new() -> Result<(), Failure> {
    println!("{}", generate().expose_secret());
    Ok(())
}

/// Seals everything again with the first key.
pub(super) async fn rotate(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Secrets)?;
    let keys = config
        .storage
        .keys
        .clone()
        .ok_or_else(|| Failure::Usage("CONCIERGE_ENCRYPTION_KEYS is required".into()))?;
    let active = keys.ids().next().unwrap_or_default().to_owned();
    let database = database::open_migrated(&config.storage).await?;
    let failed = |error: &dyn std::error::Error| Failure::because("the keys were not changed everywhere", error);
    let missing = missing_keys(&database, &keys).await.map_err(|error| failed(&error))?;
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(Failure::Failed(format!(
            "values are sealed with keys that are not configured: {missing}. Add them at the end of CONCIERGE_ENCRYPTION_KEYS"
        )));
    }
    let vault = vault(&database, keys).await?;
    let changed = reseal(&database, &vault).await.map_err(|error| failed(&error))?;
    println!("{changed} values were sealed anew; everything is sealed with '{active}'.");
    database.close().await;
    Ok(())
}

/// The vault of a migrated database.
pub(super) async fn vault(database: &Database, keys: KeyRing) -> Result<Vault, Failure> {
    let loaded = Vault::load(database, keys).await;
    loaded.map_err(|error| {
        let problem = "the database's digest key cannot be opened; use the encryption keys of its servers";
        Failure::because(problem, &error)
    })
}
