//! `appsecret_proof`: shows that the caller of a token also knows the app secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// hex(HMAC-SHA256(key = `app_secret`, message = `token`)).
pub fn appsecret_proof(app_secret: &str, token: &str) -> String {
    hex::encode(hmac(app_secret, token.as_bytes()))
}

/// HMAC-SHA256.
pub fn hmac(key: &str, message: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        unreachable!("HMAC takes a key of any length")
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// Compares in constant time.
pub fn matches(app_secret: &str, token: &str, proof: &str) -> bool {
    appsecret_proof(app_secret, token)
        .as_bytes()
        .ct_eq(proof.as_bytes())
        .into()
}
