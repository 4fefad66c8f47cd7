//! Fault switches: what goes wrong, where, and how often. One plan is made per Graph call, so that a
//! delay and an error can be on at the same time.

pub mod answer;
pub mod kind;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::graph::error::GraphError;
pub use kind::FaultKind;

/// The Graph calls a fault can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    Send,
    Conversations,
    DebugToken,
    SubscribedApps,
    /// `/oauth/access_token`.
    AccessToken,
    /// `/me/accounts`.
    Accounts,
    /// `/me/permissions`.
    Permissions,
    Profile,
    Page,
    All,
}

/// A fault as it is ordered. Without `page` it holds for every Page, without `edge` where it
/// naturally occurs, without `count` until it is removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultSpec {
    #[serde(flatten)]
    pub kind: FaultKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge: Option<Edge>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The message is accepted although the answer is an error.
    #[serde(default)]
    pub accepted: bool,
}

impl From<FaultKind> for FaultSpec {
    fn from(kind: FaultKind) -> Self {
        Self {
            kind,
            page: None,
            edge: None,
            count: None,
            accepted: false,
        }
    }
}

impl FaultSpec {
    #[must_use]
    pub fn page(mut self, page: impl Into<String>) -> Self {
        self.page = Some(page.into());
        self
    }

    #[must_use]
    pub fn edge(mut self, edge: Edge) -> Self {
        self.edge = Some(edge);
        self
    }

    #[must_use]
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    #[must_use]
    pub fn accepted(mut self) -> Self {
        self.accepted = true;
        self
    }

    fn meets(&self, page: &str, edge: Edge) -> bool {
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
    pub id: u64,
    #[serde(flatten)]
    pub spec: FaultSpec,
    /// How many calls it has changed so far.
    pub hits: u32,
}

/// What the matching faults make of one call.
#[derive(Debug, Default)]
pub struct Plan {
    pub before: Duration,
    pub after: Duration,
    pub verdict: Verdict,
    pub fault: Option<&'static str>,
}

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

#[derive(Clone, Debug, Default)]
pub struct FaultList {
    next_id: u64,
    active: Vec<ActiveFault>,
}

impl FaultList {
    /// Switches a fault on; the same kind at the same place is replaced.
    pub fn add(&mut self, spec: FaultSpec) -> u64 {
        self.active.retain(|old| {
            old.spec.kind.name() != spec.kind.name() || old.spec.page != spec.page || old.spec.edge != spec.edge
        });
        self.next_id += 1;
        self.active.push(ActiveFault {
            id: self.next_id,
            spec,
            hits: 0,
        });
        self.next_id
    }

    pub fn retain(&mut self, keep: impl FnMut(&ActiveFault) -> bool) {
        self.active.retain(keep);
    }

    pub fn all(&self) -> &[ActiveFault] {
        &self.active
    }

    /// The Page no longer gets webhooks.
    pub fn unsubscribed(&self, page: &str) -> bool {
        self.active.iter().any(|fault| {
            fault.spec.kind == FaultKind::Unsubscribed && fault.spec.page.as_deref().is_none_or(|name| name == page)
        })
    }

    /// Uses up one turn of every fault that meets this call.
    pub fn plan(&mut self, page: &str, edge: Edge) -> Plan {
        let mut plan = Plan::default();
        for fault in &mut self.active {
            if !fault.spec.meets(page, edge) {
                continue;
            }
            let decided = !matches!(plan.verdict, Verdict::Normal);
            if !answer::apply(&mut plan, &fault.spec, page, edge, decided) {
                continue;
            }
            plan.fault = plan.fault.or(Some(fault.spec.kind.name()));
            fault.hits += 1;
            fault.spec.count = fault.spec.count.map(|left| left.saturating_sub(1));
        }
        self.active.retain(|fault| fault.spec.count != Some(0));
        plan
    }
}
