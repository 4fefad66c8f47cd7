//! Identifiers that look like Meta's. mids are random, because Concierge remembers them across a
//! restart of the sandbox; everything seeded is derived, so that it stays the same.

use sha2::{Digest, Sha256};

const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A message id, as long as a real one.
pub fn mid() -> String {
    format!("aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQxND{}", noise(64))
}

/// The id Meta gives an error for its own support.
pub fn trace() -> String {
    format!("A{}", noise(22))
}

fn noise(length: usize) -> String {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut bits: u128 = rand::random();
        for _ in 0..21 {
            if text.len() < length {
                let index = usize::try_from(bits & 63).unwrap_or(0);
                text.push(char::from(BASE64URL[index]));
                bits >>= 6;
            }
        }
    }
    text
}

/// Sixteen digits that stand for one person towards one Instagram account.
pub fn igsid(handle: &str, ig_id: &str) -> String {
    let digest = Sha256::digest(format!("igsid:{ig_id}:{handle}"));
    let mut number = 0_u64;
    for byte in &digest[..8] {
        number = number << 8 | u64::from(*byte);
    }
    (1_000_000_000_000_000 + number % 9_000_000_000_000_000).to_string()
}

/// The token of a seeded Page: the same after every start, so that a sealed copy keeps working.
pub fn page_token(app_id: &str, page_id: &str, generation: u32) -> String {
    let digest = Sha256::digest(format!("page-token:{app_id}:{page_id}:{generation}"));
    format!("EAASandbox{}", hex::encode(digest))
}

/// The Page token that belongs to a person's token.
pub fn derived_token(user_token: &str, page_id: &str) -> String {
    let digest = Sha256::digest(format!("page-of:{user_token}:{page_id}"));
    format!("EAASandboxP{}", hex::encode(digest))
}

/// A new token of a person.
pub fn user_token() -> String {
    format!("EAASandboxU{}", noise(60))
}

/// A code that is exchanged for a token.
pub fn code() -> String {
    format!("AQSandbox{}", noise(40))
}

/// The id of a thread in the Conversations API.
pub fn thread(ig_id: &str, igsid: &str) -> String {
    let digest = Sha256::digest(format!("thread:{ig_id}:{igsid}"));
    format!("aWdfZAG06{}", hex::encode(&digest[..24]))
}
