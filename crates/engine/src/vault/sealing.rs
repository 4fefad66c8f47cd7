//! The keys of the deployment, and sealing and opening one value.
//!
//! Keys are written as `id:base64(32 bytes)`, comma separated; the first seals, all of them open.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::ids::TenantId;
use domain::named_enum;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{DigestKey, KeyRingError, VaultError};
use crate::storage::Database;

const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;
const LONGEST_ID: usize = 32;

named_enum! {
    /// What a sealed value is; part of the authenticated data.
    pub enum SealedPurpose {
        /// The token that sends for a Page. Owner: the account.
        PageToken = "page_token",
        /// The long-lived token of the person who connected. Owner: the account.
        UserToken = "user_token",
        /// A customer's words while their reply is open. Owner: the reply; of what is remembered, the turn.
        InboundBody = "inbound_body",
        /// Our words until they are sent. Owner: the reply; of what is remembered, the turn.
        ComposedReply = "composed_reply",
    }
}

/// One key with its id.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) bytes: Zeroizing<[u8; KEY_BYTES]>,
}

/// All keys a server knows; never empty.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<Key>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.ids()).finish()
    }
}

impl KeyRing {
    /// Reads the configured list.
    ///
    /// # Errors
    /// The first entry that cannot be used.
    pub fn parse(list: &SecretString) -> Result<Self, KeyRingError> {
        let mut keys: Vec<Key> = Vec::new();
        let entries = list
            .expose_secret()
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        for (index, entry) in entries.enumerate() {
            let key = parse_key(entry, index + 1)?;
            if keys.iter().any(|known| known.id == key.id) {
                return Err(KeyRingError::Duplicate { id: key.id });
            }
            keys.push(key);
        }
        if keys.is_empty() {
            Err(KeyRingError::Empty)
        } else {
            Ok(Self { keys })
        }
    }

    /// The ids, the active one first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }

    pub(super) fn active(&self) -> &Key {
        &self.keys[0]
    }

    pub(super) fn find(&self, id: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// Seals with the active key. The authenticated data says what for.
    pub(super) fn seal(&self, authenticated_data: &str, plaintext: &[u8]) -> Result<Sealed, VaultError> {
        let key = self.active();
        let mut nonce = [0u8; NONCE_BYTES];
        rand::fill(&mut nonce);
        let payload = Payload {
            msg: plaintext,
            aad: authenticated_data.as_bytes(),
        };
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| VaultError::Unreadable)?;
        let mut ciphertext = nonce.to_vec();
        ciphertext.extend(sealed);
        Ok(Sealed {
            key_id: key.id.clone(),
            ciphertext,
        })
    }

    /// Opens what was sealed with the same authenticated data.
    pub(super) fn open(&self, authenticated_data: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        let key = self
            .find(&sealed.key_id)
            .ok_or_else(|| VaultError::UnknownKey(sealed.key_id.clone()))?;
        let (nonce, ciphertext) = sealed
            .ciphertext
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(VaultError::Unreadable)?;
        let payload = Payload {
            msg: ciphertext,
            aad: authenticated_data.as_bytes(),
        };
        cipher(key)
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| VaultError::Unreadable)
    }
}

fn parse_key(entry: &str, position: usize) -> Result<Key, KeyRingError> {
    let (id, encoded) = entry.split_once(':').ok_or(KeyRingError::Malformed { position })?;
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(allowed) {
        return Err(KeyRingError::BadId { position });
    }
    let bad_key = || KeyRingError::BadKey { id: id.to_owned() };
    let decoded = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| bad_key())?);
    let bytes: [u8; KEY_BYTES] = decoded.as_slice().try_into().map_err(|_| bad_key())?;
    Ok(Key {
        id: id.to_owned(),
        bytes: Zeroizing::new(bytes),
    })
}

/// A new random entry for the list: `id:base64`.
#[must_use]
pub fn generate_key(id: &str) -> SecretString {
    let mut bytes = Zeroizing::new([0u8; KEY_BYTES]);
    rand::fill(bytes.as_mut_slice());
    format!("{id}:{}", STANDARD.encode(bytes.as_slice())).into()
}

/// A sealed value: 24 bytes of nonce, then the ciphertext with its tag.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub ciphertext: Vec<u8>,
}

/// Seals and opens with the deployment's keys, and makes digests of what must only be compared.
#[derive(Debug, Clone)]
pub struct Vault {
    ring: KeyRing,
    digest_key: DigestKey,
}

impl Vault {
    /// A vault with these keys.
    #[must_use]
    pub fn new(ring: KeyRing, digest_key: DigestKey) -> Self {
        Self { ring, digest_key }
    }

    /// The vault of a migrated database.
    ///
    /// # Errors
    /// [`VaultError::UnknownKey`] or [`VaultError::Unreadable`] when the ring does not open its digest key, or what the database
    /// answers.
    pub async fn load(database: &Database, ring: KeyRing) -> Result<Self, VaultError> {
        let digest_key = DigestKey::load(database, &ring).await?;
        Ok(Self::new(ring, digest_key))
    }

    /// The keys.
    #[must_use]
    pub fn key_ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Seals `plaintext` for one place with the active key.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when the text is too long for the cipher, which no limit of ours allows.
    pub fn seal(
        &self,
        purpose: SealedPurpose,
        tenant: TenantId,
        owner: Uuid,
        plaintext: &[u8],
    ) -> Result<Sealed, VaultError> {
        self.ring.seal(&authenticated_data(purpose, tenant, owner), plaintext)
    }

    /// Opens a value that was sealed for exactly this place.
    ///
    /// # Errors
    /// [`VaultError::UnknownKey`] or [`VaultError::Unreadable`].
    pub fn open(
        &self,
        purpose: SealedPurpose,
        tenant: TenantId,
        owner: Uuid,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, VaultError> {
        self.ring.open(&authenticated_data(purpose, tenant, owner), sealed)
    }

    /// A digest that only a holder of the database and its keys can compute, as hex. Rotation does not change it.
    #[must_use]
    pub fn digest(&self, purpose: &str, text: &[u8]) -> String {
        self.digest_key.digest(purpose, text)
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.bytes).into())
}

fn authenticated_data(purpose: SealedPurpose, tenant: TenantId, owner: Uuid) -> String {
    format!("v1|{}|{}|{owner}|ciphertext", purpose.as_str(), tenant.as_uuid())
}
