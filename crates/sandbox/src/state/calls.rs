//! The log of Graph calls, without tokens and without texts.

use serde::Serialize;

use crate::faults::Edge;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallRecord {
    pub edge: Edge,
    /// The Page the call was about; the raw node if it is none of ours.
    pub page: String,
    pub method: String,
    /// `None` when the connection was cut.
    pub status: Option<u16>,
    pub code: Option<u32>,
    pub subcode: Option<u32>,
    /// Name of the fault that decided the answer.
    pub fault: Option<&'static str>,
    pub at_ms: i64,
}
