//! How a key looks: `concierge_` for scanners that search for leaked keys, twelve digits to find it by, and 256 random bits that are
//! stored as their SHA-256. Nobody guesses so many, so that no slow hash is needed at every request.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const MARK: &str = "concierge";
const PREFIX_BYTES: usize = 6;
const SECRET_BYTES: usize = 32;

/// A new key. It has neither `Debug` nor `Display`: it is shown to whoever asked for it, once.
#[derive(Clone)]
pub struct NewSecret {
    text: Zeroizing<String>,
    prefix: String,
    hash: Vec<u8>,
}

impl NewSecret {
    pub(super) fn random() -> Self {
        let mut prefix = [0; PREFIX_BYTES];
        let mut secret = Zeroizing::new([0; SECRET_BYTES]);
        rand::fill(&mut prefix);
        rand::fill(secret.as_mut_slice());
        let prefix = hex::encode(prefix);
        let secret = Zeroizing::new(hex::encode(secret.as_slice()));
        Self {
            text: Zeroizing::new(format!("{MARK}_{prefix}_{}", *secret)),
            hash: hash(&secret),
            prefix,
        }
    }

    /// The key itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(super) fn hash(&self) -> &[u8] {
        &self.hash
    }
}

/// A key that somebody sent.
pub(super) struct GivenKey<'a> {
    pub(super) prefix: &'a str,
    secret: &'a str,
}

impl<'a> GivenKey<'a> {
    /// None for what was never a key, so that it costs the database nothing.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split('_');
        let (mark, prefix, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = |part: &str, bytes: usize| {
            part.len() == bytes * 2 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let whole = mark == MARK && is_hex(prefix, PREFIX_BYTES) && is_hex(secret, SECRET_BYTES);
        (whole && parts.next().is_none()).then_some(Self { prefix, secret })
    }

    /// Takes the same time whatever differs.
    pub(super) fn is_proven_by(&self, stored: &[u8]) -> bool {
        hash(self.secret).ct_eq(stored).into()
    }
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_proves_itself_and_no_other() {
        let (one, other) = (NewSecret::random(), NewSecret::random());
        let given = GivenKey::parse(one.expose()).expect("it was just made");
        assert_eq!(given.prefix, one.prefix());
        assert!(given.is_proven_by(one.hash()));
        assert!(!given.is_proven_by(other.hash()));
        assert!(!given.is_proven_by(&[]));
    }

    #[test]
    fn what_is_no_key_is_not_looked_up() {
        let key = NewSecret::random();
        for text in [
            "",
            "concierge",
            "concierge_aa_bb",
            &key.expose().to_uppercase(),
            &format!("{}_", key.expose()),
        ] {
            assert!(GivenKey::parse(text).is_none(), "{text}");
        }
    }
}
