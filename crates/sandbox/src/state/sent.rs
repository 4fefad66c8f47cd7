//! What Meta accepted: the record tests assert on, because "exactly one reply" is the promise.

use serde::Serialize;

/// One accepted send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentMessage {
    /// Its id.
    pub mid: String,
    /// The sending Page.
    pub page_id: String,
    /// Its Instagram account.
    pub ig_id: String,
    /// IGSID of the customer.
    pub recipient: String,
    /// What the customer reads.
    pub text: String,
    /// Unix time in milliseconds, by the sandbox's clock.
    pub at_ms: i64,
    /// The customer's newest message at that time, if there was one.
    pub answers: Option<String>,
}
