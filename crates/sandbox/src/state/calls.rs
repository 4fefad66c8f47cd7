//! The log of Graph calls, without tokens and without texts.

use serde::Serialize;

use crate::faults::Edge;

/// One Graph call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallRecord {
    /// What was called.
    pub edge: Edge,
    /// The Page the call was about; the raw node if there is no such Page.
    pub page: String,
    /// The HTTP method.
    pub method: String,
    /// `None` when the connection was cut.
    pub status: Option<u16>,
    /// Meta's code of an error.
    pub code: Option<u32>,
    /// Its subcode.
    pub subcode: Option<u32>,
    /// Name of the fault that decided the answer.
    pub fault: Option<&'static str>,
    /// Unix time in milliseconds, by the sandbox's clock.
    pub at_ms: i64,
}
