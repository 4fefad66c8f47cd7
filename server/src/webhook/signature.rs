//! The proof that Meta sent a delivery: HMAC-SHA256 over the raw bytes, with any of the app's secrets.
//!
//! Computed while the bytes arrive, so that a body without a well-formed signature is not read, and one with a wrong signature costs
//! no more than its own length.

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

const HEADER: HeaderName = HeaderName::from_static("x-hub-signature-256");
const DIGEST_BYTES: usize = 32;
const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";
const PIECE_BYTES: usize = 4096;
/// A character of two UTF-16 units.
const LARGEST_ESCAPE: usize = 12;

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

/// A proof in the making. Comparison takes constant time.
#[derive(Clone)]
pub struct Proof {
    claimed: [u8; DIGEST_BYTES],
    fresh: Vec<Hmac<Sha256>>,
    macs: Vec<Hmac<Sha256>>,
}

impl Signatures {
    /// Accepts what any of `secrets` signed; with none, nothing is accepted.
    #[must_use]
    pub fn new(secrets: Vec<SecretString>) -> Self {
        Self { secrets }
    }

    /// Begins the proof of a body; none when `headers` hold no well-formed signature.
    #[must_use]
    pub fn begin(&self, headers: &HeaderMap) -> Option<Proof> {
        let claimed = claimed(headers)?;
        let mac = |secret: &SecretString| Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok();
        let fresh: Vec<_> = self.secrets.iter().filter_map(mac).collect();
        Some(Proof {
            claimed,
            macs: fresh.clone(),
            fresh,
        })
    }
}

impl Proof {
    /// The next bytes of the body.
    pub fn update(&mut self, piece: &[u8]) {
        for mac in &mut self.macs {
            mac.update(piece);
        }
    }

    /// Whether the bytes so far are what was signed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.macs
            .iter()
            .any(|mac| mac.clone().verify_slice(&self.claimed).is_ok())
    }

    /// Whether the escaped form of `body` is what was signed. Meta documents the signature over that form (`ä` as `\u00e4`). On the
    /// wire the body is in it already; should a proxy ever unescape it, this is the one that was signed.
    #[must_use]
    pub fn holds_escaped(&self, body: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(body) else {
            return false;
        };
        self.fresh.iter().any(|fresh| {
            let mut mac = fresh.clone();
            update_escaped(&mut mac, text);
            mac.verify_slice(&self.claimed).is_ok()
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

/// In pieces: anybody may post a large body with a wrong signature, and must not make us write it down six times as large.
fn update_escaped(mac: &mut Hmac<Sha256>, text: &str) {
    let mut piece = Vec::with_capacity(PIECE_BYTES + LARGEST_ESCAPE);
    for character in text.chars() {
        if let Ok(byte) = u8::try_from(character)
            && byte.is_ascii()
        {
            piece.push(byte);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                piece.extend(escape(*unit));
            }
        }
        if piece.len() >= PIECE_BYTES {
            mac.update(&piece);
            piece.clear();
        }
    }
    mac.update(&piece);
}

fn escape(unit: u16) -> [u8; 6] {
    let digit = |shift: u32| HEX_DIGITS[usize::from(unit >> shift & 0xf)];
    [b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]
}
