//! `X-Hub-Signature-256` over the raw bytes of the body.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::graph::proof::hmac;

/// A delivery that a test carries to the webhook itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedRequest {
    /// Where it goes.
    pub url: String,
    /// ASCII JSON; send these very bytes.
    pub body: Vec<u8>,
    /// Value of the `X-Hub-Signature-256` header.
    pub signature: String,
}

/// `sha256=<64 lower-case hex digits>`.
pub fn sign(app_secret: &str, body: &[u8]) -> String {
    format!("sha256={}", hex::encode(hmac(app_secret, body)))
}

/// `signed_request` of Meta's callbacks: `b64url(HMAC(app secret, b64url(payload))).b64url(payload)`, without padding.
pub fn signed_request(app_secret: &str, payload: &[u8]) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let signature = URL_SAFE_NO_PAD.encode(hmac(app_secret, payload.as_bytes()));
    format!("{signature}.{payload}")
}
