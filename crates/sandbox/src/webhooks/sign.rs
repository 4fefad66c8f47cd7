//! `X-Hub-Signature-256` over the raw bytes of the body.

use serde::Serialize;

use crate::graph::proof::hmac;

/// A delivery that a test carries to the webhook itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedRequest {
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
