//! `signed_request`: how Meta proves its callbacks. `b64url(signature).b64url(payload)`, signed over the *encoded* payload.
//!
//! Source: Meta, "Signed Request" and "Data Deletion Request Callback". Padding is normally absent and was seen; both are taken.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use crate::channels::instagram::is_id;

/// More than any that was seen.
const LONGEST: usize = 16 * 1024;
/// Meta's own `expires` is an hour after `issued_at`.
const LONGEST_AGE: Duration = Duration::from_secs(60 * 60);

const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A callback is not Meta's, or cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignedRequestError {
    /// Not of the form.
    #[error("signed_request is malformed")]
    Malformed,
    /// Signed with none of our secrets.
    #[error("signed_request is not signed by the app")]
    Signature,
    /// Signed long ago: Meta calls at once.
    #[error("signed_request is older than an hour")]
    TooOld,
}

/// What a callback is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// The app-scoped id of the person.
    pub person: String,
    /// When Facebook signed it, if it says so.
    pub issued_at: Option<Timestamp>,
}

/// Reads a callback that is Meta's, `now` by Meta's clock. Comparison takes constant time.
///
/// # Errors
/// See [`SignedRequestError`].
pub(super) fn read_signed_request(
    signed: &str,
    secrets: &[SecretString],
    now: Timestamp,
) -> Result<SignedRequest, SignedRequestError> {
    use SignedRequestError::{Malformed, Signature, TooOld};

    if signed.len() > LONGEST {
        return Err(Malformed);
    }
    let (signature, payload) = signed.split_once('.').ok_or(Malformed)?;
    let signature = BASE64URL.decode(signature).map_err(|_| Malformed)?;
    let is_signed = secrets.iter().any(|secret| {
        Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
            .is_ok_and(|mac| mac.chain_update(payload).verify_slice(&signature).is_ok())
    });
    if !is_signed {
        return Err(Signature);
    }
    let payload = BASE64URL.decode(payload).map_err(|_| Malformed)?;
    let payload: Value = serde_json::from_slice(&payload).map_err(|_| Malformed)?;
    let algorithm = payload.get("algorithm").and_then(Value::as_str).unwrap_or_default();
    if !algorithm.eq_ignore_ascii_case("HMAC-SHA256") {
        return Err(Malformed);
    }
    let id = match payload.get("user_id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(Malformed),
    };
    if !is_id(&id) {
        return Err(Malformed);
    }
    let issued_at = payload.get("issued_at").and_then(Value::as_i64);
    let issued_at = issued_at.map(|seconds| Timestamp::from_millis(seconds.saturating_mul(1_000)));
    if issued_at.is_some_and(|issued_at| now.since(issued_at) > LONGEST_AGE) {
        return Err(TooOld);
    }
    Ok(SignedRequest { person: id, issued_at })
}

#[cfg(test)]
mod tests;
