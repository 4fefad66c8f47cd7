//! Sealing and opening one value, and the keyed digest for values that must only be compared.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::ids::TenantId;
use domain::named_enum;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::key_ring::Key;
use super::{KeyRing, VaultError};

const NONCE_BYTES: usize = 24;

named_enum! {
    /// What a sealed value is; part of the authenticated data.
    pub enum SealedPurpose {
        /// The token that sends for a Page. Owner: the account.
        PageToken = "page_token",
        /// The long-lived token of the person who connected. Owner: the account.
        UserToken = "user_token",
        /// A customer's words while their reply is open. Owner: the reply.
        InboundBody = "inbound_body",
        /// Our words until they are sent. Owner: the reply.
        ComposedReply = "composed_reply",
    }
}

/// A sealed value: 24 bytes of nonce, then the ciphertext with its tag.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub ciphertext: Vec<u8>,
}

/// Seals and opens with the deployment's keys.
#[derive(Debug, Clone)]
pub struct Vault {
    ring: KeyRing,
}

impl Vault {
    /// A vault with these keys.
    #[must_use]
    pub fn new(ring: KeyRing) -> Self {
        Self { ring }
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
        let key = self.ring.active();
        let mut nonce = [0u8; NONCE_BYTES];
        rand::fill(&mut nonce);
        let aad = authenticated_data(purpose, tenant, owner);
        let payload = Payload {
            msg: plaintext,
            aad: aad.as_bytes(),
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
        let key = self
            .ring
            .find(&sealed.key_id)
            .ok_or_else(|| VaultError::UnknownKey(sealed.key_id.clone()))?;
        let (nonce, ciphertext) = sealed
            .ciphertext
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(VaultError::Unreadable)?;
        let aad = authenticated_data(purpose, tenant, owner);
        let payload = Payload {
            msg: ciphertext,
            aad: aad.as_bytes(),
        };
        cipher(key)
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| VaultError::Unreadable)
    }

    /// A digest that only a holder of the active key can compute, as hex. It changes when the active key changes.
    #[must_use]
    pub fn digest(&self, purpose: &str, text: &[u8]) -> String {
        let mut mac = self.mac();
        mac.update(b"v1|digest|");
        mac.update(purpose.as_bytes());
        mac.update(b"|");
        mac.update(text);
        hex::encode(mac.finalize().into_bytes())
    }

    fn mac(&self) -> Hmac<Sha256> {
        let key = self.ring.active();
        <Hmac<Sha256> as KeyInit>::new_from_slice(key.bytes.as_slice())
            .unwrap_or_else(|_| unreachable!("HMAC takes any key length"))
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&*key.bytes).into())
}

fn authenticated_data(purpose: SealedPurpose, tenant: TenantId, owner: Uuid) -> String {
    format!("v1|{}|{}|{owner}|ciphertext", purpose.as_str(), tenant.as_uuid())
}
