//! Sealed text that a browser keeps for us: it can neither be read nor made there, and costs the database nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead, Payload};

use super::sealing::{NONCE_BYTES, cipher};
use super::{Vault, VaultError};

impl Vault {
    /// Seals `text` for the cookie `name`: letters, digits, `-`, `_` and `.` only.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when the text is too long for the cipher.
    pub fn seal_cookie(&self, name: &str, text: &str) -> Result<String, VaultError> {
        let key = self.key_ring().active();
        let mut nonce = [0u8; NONCE_BYTES];
        rand::fill(&mut nonce);
        let aad = authenticated_data(name);
        let payload = Payload {
            msg: text.as_bytes(),
            aad: aad.as_bytes(),
        };
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| VaultError::Unreadable)?;
        let bytes = [nonce.as_slice(), sealed.as_slice()].concat();
        Ok(format!("{}.{}", key.id, URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Opens what was sealed for the cookie `name`; none for everything else.
    #[must_use]
    pub fn open_cookie(&self, name: &str, sealed: &str) -> Option<String> {
        let (id, encoded) = sealed.split_once('.')?;
        let key = self.key_ring().find(id)?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let aad = authenticated_data(name);
        let payload = Payload {
            msg: ciphertext,
            aad: aad.as_bytes(),
        };
        let opened = cipher(key).decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(opened).ok()
    }
}

fn authenticated_data(name: &str) -> String {
    format!("v1|cookie|{name}")
}

#[cfg(test)]
mod tests;
