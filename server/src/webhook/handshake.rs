//! `GET /webhook/instagram`: Meta asks once whether this address belongs to the app.

use http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::form_urlencoded;

/// A challenge is a number today; anything longer or stranger is not echoed.
const LONGEST_CHALLENGE: usize = 200;

/// The answer to a handshake: the challenge, or why not.
///
/// # Errors
/// 400 when a parameter is missing or malformed, 403 when the token is wrong. Without a configured token every token is wrong.
pub fn verify(query: &str, verify_token: Option<&SecretString>) -> Result<String, StatusCode> {
    let parameter = |name: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let (Some(mode), Some(challenge), Some(token)) = (
        parameter("hub.mode"),
        parameter("hub.challenge"),
        parameter("hub.verify_token"),
    ) else {
        return Err(StatusCode::BAD_REQUEST);
    };
    if mode != "subscribe" || !is_plain(&challenge) {
        return Err(StatusCode::BAD_REQUEST);
    }
    if verify_token.is_some_and(|expected| same(expected.expose_secret(), &token)) {
        Ok(challenge)
    } else {
        Err(StatusCode::FORBIDDEN)
    }
}

fn is_plain(challenge: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !challenge.is_empty() && challenge.len() <= LONGEST_CHALLENGE && challenge.bytes().all(plain)
}

/// Digests have one length, so that the comparison tells nothing about the token's.
fn same(expected: &str, given: &str) -> bool {
    !expected.is_empty() && Sha256::digest(expected).ct_eq(&Sha256::digest(given)).into()
}
