//! The proof that Meta sent a delivery: HMAC-SHA256 over the raw bytes, with any of the app's secrets.

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

const HEADER: HeaderName = HeaderName::from_static("x-hub-signature-256");
const DIGEST_BYTES: usize = 32;

/// The secrets a delivery may be signed with: several while the app's secret changes.
#[derive(Clone)]
pub struct Signatures {
    secrets: Vec<SecretString>,
}

impl std::fmt::Debug for Signatures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Signatures({} secrets)", self.secrets.len())
    }
}

impl Signatures {
    /// Accepts what any of `secrets` signed; with none, nothing is accepted.
    #[must_use]
    pub fn new(secrets: Vec<SecretString>) -> Self {
        Self { secrets }
    }

    /// Whether `headers` carry a valid signature of `body`. Comparison takes constant time.
    #[must_use]
    pub fn accept(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let Some(signature) = claimed(headers) else {
            return false;
        };
        self.signed(&signature, body) || escaped(body).is_some_and(|escaped| self.signed(&signature, &escaped))
    }

    fn signed(&self, signature: &[u8; DIGEST_BYTES], body: &[u8]) -> bool {
        self.secrets.iter().any(|secret| {
            Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
                .is_ok_and(|mac| mac.chain_update(body).verify_slice(signature).is_ok())
        })
    }
}

/// The digest in the header: exactly one header, `sha256=` and 64 hex digits.
fn claimed(headers: &HeaderMap) -> Option<[u8; DIGEST_BYTES]> {
    let mut values = headers.get_all(HEADER).iter();
    let (value, None) = (values.next()?, values.next()) else {
        return None;
    };
    let digits = value.to_str().ok()?.strip_prefix("sha256=")?;
    let mut digest = [0; DIGEST_BYTES];
    hex::decode_to_slice(digits, &mut digest).ok()?;
    Some(digest)
}

/// Meta documents the signature over an escaped form (`ä` as `\u00e4`). On the wire the body is in that form already; should a
/// proxy ever unescape it, this is the form that was signed. Only for bodies with other than ASCII bytes.
fn escaped(body: &[u8]) -> Option<Vec<u8>> {
    if body.is_ascii() {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    let mut escaped = String::with_capacity(body.len() * 2);
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    Some(escaped.into_bytes())
}
