//! A fault with its scope: which Page, which call, how often.

use serde::{Deserialize, Serialize};

use super::edge::Edge;
use super::kind::FaultKind;

/// A fault as it is ordered. Without `page` it holds for every Page, without `edge` where it
/// naturally occurs, without `count` until it is removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultSpec {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// The Page id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge: Option<Edge>,
    /// How many calls it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The message is accepted although the answer is an error.
    #[serde(default)]
    pub accepted: bool,
    /// How many calls pass before it.
    #[serde(default)]
    pub after: u32,
}

impl From<FaultKind> for FaultSpec {
    fn from(kind: FaultKind) -> Self {
        Self {
            kind,
            page: None,
            edge: None,
            count: None,
            accepted: false,
            after: 0,
        }
    }
}

impl FaultSpec {
    /// Limits it to one Page.
    #[must_use]
    pub fn page(mut self, page: impl Into<String>) -> Self {
        self.page = Some(page.into());
        self
    }

    /// Limits it to one call.
    #[must_use]
    pub fn edge(mut self, edge: Edge) -> Self {
        self.edge = Some(edge);
        self
    }

    /// Limits it to `count` calls.
    #[must_use]
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Lets the message be accepted although the answer is an error.
    #[must_use]
    pub fn accepted(mut self) -> Self {
        self.accepted = true;
        self
    }

    /// Lets so many calls pass first.
    #[must_use]
    pub fn after(mut self, calls: u32) -> Self {
        self.after = calls;
        self
    }

    pub(super) fn meets(&self, page: &str, edge: Edge) -> bool {
        let here = self.page.as_deref().is_none_or(|name| name == page);
        let now = match self.edge {
            Some(Edge::All) => true,
            Some(only) => only == edge,
            None => self.kind.occurs_on(edge),
        };
        here && now && self.count != Some(0)
    }
}

/// A fault that is switched on; `count` in `spec` is what is left of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActiveFault {
    /// For switching it off.
    pub id: u64,
    /// The fault.
    #[serde(flatten)]
    pub spec: FaultSpec,
    /// How many calls it has changed so far.
    pub hits: u32,
}
