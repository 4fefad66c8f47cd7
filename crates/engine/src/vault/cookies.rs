//! Sealed text that a browser keeps for us: it can neither be read nor made there, and costs the database nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Sealed, Vault, VaultError};

impl Vault {
    /// Seals `text` for the cookie `name`: letters, digits, `-`, `_` and `.` only.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`] when the text is too long for the cipher.
    pub fn seal_cookie(&self, name: &str, text: &str) -> Result<String, VaultError> {
        let sealed = self.key_ring().seal(&authenticated_data(name), text.as_bytes())?;
        Ok(format!(
            "{}.{}",
            sealed.key_id,
            URL_SAFE_NO_PAD.encode(sealed.ciphertext)
        ))
    }

    /// Opens what was sealed for the cookie `name`; none for everything else.
    #[must_use]
    pub fn open_cookie(&self, name: &str, sealed: &str) -> Option<String> {
        let (id, encoded) = sealed.split_once('.')?;
        let sealed = Sealed {
            key_id: id.to_owned(),
            ciphertext: URL_SAFE_NO_PAD.decode(encoded).ok()?,
        };
        let opened = self.key_ring().open(&authenticated_data(name), &sealed).ok()?;
        String::from_utf8(opened).ok()
    }
}

fn authenticated_data(name: &str) -> String {
    format!("v1|cookie|{name}")
}

#[cfg(test)]
mod tests;
