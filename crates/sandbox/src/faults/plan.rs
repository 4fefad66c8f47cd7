//! What the faults of one Graph call add up to.

use std::time::Duration;

use crate::graph::error::GraphError;

/// What the matching faults make of one call.
#[derive(Debug, Default)]
pub struct Plan {
    /// Wait before Meta's own logic.
    pub before: Duration,
    /// Wait before the answer.
    pub after: Duration,
    /// What becomes of the call.
    pub verdict: Verdict,
    /// The name of the fault that decided it.
    pub fault: Option<&'static str>,
}

/// What becomes of a call.
#[derive(Debug, Default)]
pub enum Verdict {
    #[default]
    Normal,
    Error {
        error: Box<GraphError>,
        accepted: bool,
    },
    /// A dead token on `debug_token`: HTTP 200 that says so.
    TokenDead {
        subcode: u32,
    },
    /// `debug_token` lists fewer scopes.
    ScopesGone,
    CutBefore,
    CutAfter,
}
