//! What Meta accepted: the record tests assert on, because "exactly one reply" is the promise.

use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentMessage {
    pub mid: String,
    pub page_id: String,
    pub ig_id: String,
    /// IGSID of the customer.
    pub recipient: String,
    pub text: String,
    /// Unix time in milliseconds, by the sandbox's clock.
    pub at_ms: i64,
    /// The customer's newest message at that time, if there was one.
    pub answers: Option<String>,
}
