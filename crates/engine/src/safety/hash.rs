//! The name of a text.

use domain::persona::{CheckedText, ENVELOPE_VERSION, hash_input};
use sha2::{Digest, Sha256};

/// SHA-256 of kind, envelope and text: an approval belongs to it alone.
#[must_use]
pub fn text_hash(kind: CheckedText, text: &str) -> Vec<u8> {
    Sha256::digest(hash_input(kind, ENVELOPE_VERSION, text)).to_vec()
}
