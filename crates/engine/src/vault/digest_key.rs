//! The key of digests: random, made once per database, and the same after every rotation, so that what was stored as a digest is
//! found again.
//!
//! It is sealed with the encryption keys and never used itself: each purpose gets a key of its own from it (HKDF, RFC 5869).

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::sql::{DIGEST_KEY, INSERT_DIGEST_KEY, RESEAL_DIGEST_KEY};
use super::{KeyRing, Sealed, VaultError};
use crate::storage::{Database, StorageError, sql};

const BYTES: usize = 32;
const AUTHENTICATED_DATA: &str = "v1|digest_key";

/// Makes digests that only a holder can compute.
#[derive(Clone)]
pub struct DigestKey(Zeroizing<[u8; BYTES]>);

impl std::fmt::Debug for DigestKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DigestKey")
    }
}

impl DigestKey {
    /// A new one. Digests of another key are never equal.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = Zeroizing::new([0u8; BYTES]);
        rand::fill(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The key of this database; made if there is none yet. All servers get the same one.
    pub(super) async fn load(database: &Database, ring: &KeyRing) -> Result<Self, VaultError> {
        if let Some(sealed) = stored(database).await? {
            return unsealed(ring, &sealed);
        }
        let new = ring.seal(AUTHENTICATED_DATA, Self::random().0.as_slice())?;
        // Of several servers that start together the first one wins.
        let values = [new.key_id.into(), new.ciphertext.into()];
        sql::execute(database.writer(), INSERT_DIGEST_KEY, values).await?;
        let sealed = stored(database).await?.ok_or(VaultError::Missing)?;
        unsealed(ring, &sealed)
    }

    /// A digest as hex.
    pub(super) fn digest(&self, purpose: &str, text: &[u8]) -> String {
        let key = self.key_of(purpose);
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_slice())
            .unwrap_or_else(|_| unreachable!("HMAC takes any key length"));
        mac.update(text);
        hex::encode(mac.finalize().into_bytes())
    }

    fn key_of(&self, purpose: &str) -> Zeroizing<[u8; BYTES]> {
        let mut key = Zeroizing::new([0u8; BYTES]);
        Hkdf::<Sha256>::from_prk(self.0.as_slice())
            .unwrap_or_else(|_| unreachable!("the key is as long as the hash"))
            .expand_multi_info(&[b"v1|digest|", purpose.as_bytes()], key.as_mut_slice())
            .unwrap_or_else(|_| unreachable!("the derived key is as long as the hash"));
        key
    }
}

/// The id of the encryption key it is sealed with; none before a server has started. A database of an earlier release has no table
/// for it.
pub(super) async fn sealing_key_id(database: &Database) -> Result<Option<String>, StorageError> {
    if !database.has_table("digest_keys").await? {
        return Ok(None);
    }
    Ok(stored(database).await?.map(|sealed| sealed.key_id))
}

/// Seals it with the active key; returns whether that changed something. Writes only if nobody did so meanwhile.
pub(super) async fn reseal(database: &Database, ring: &KeyRing) -> Result<u64, VaultError> {
    let Some(old) = stored(database).await? else {
        return Ok(0);
    };
    if old.key_id == ring.active().id {
        return Ok(0);
    }
    let new = ring.seal(AUTHENTICATED_DATA, unsealed(ring, &old)?.0.as_slice())?;
    let values = [
        new.key_id.into(),
        new.ciphertext.into(),
        old.key_id.into(),
        old.ciphertext.into(),
    ];
    Ok(sql::execute(database.writer(), RESEAL_DIGEST_KEY, values).await?)
}

async fn stored(database: &Database) -> Result<Option<Sealed>, StorageError> {
    let found = sql::value::<(String, Vec<u8>), _>(database.reader(), DIGEST_KEY, []).await?;
    Ok(found.map(|(key_id, ciphertext)| Sealed { key_id, ciphertext }))
}

fn unsealed(ring: &KeyRing, sealed: &Sealed) -> Result<DigestKey, VaultError> {
    let opened = Zeroizing::new(ring.open(AUTHENTICATED_DATA, sealed)?);
    let bytes: [u8; BYTES] = opened.as_slice().try_into().map_err(|_| VaultError::Unreadable)?;
    Ok(DigestKey(Zeroizing::new(bytes)))
}
