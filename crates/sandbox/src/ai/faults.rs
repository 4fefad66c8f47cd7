//! The faults of the AI provider that are switched on. Several work together, such as a slow answer that is empty.

use serde::{Deserialize, Serialize};

use super::call::AiCall;
use super::fault::AiFault;

/// A fault as it is ordered. Without `call` it shows where it naturally occurs, without `count` until it is removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AiFaultSpec {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: AiFault,
    /// For which calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<AiCall>,
    /// How many calls it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl From<AiFault> for AiFaultSpec {
    fn from(kind: AiFault) -> Self {
        Self {
            kind,
            call: None,
            count: None,
        }
    }
}

impl AiFaultSpec {
    /// Limits it to one kind of call.
    #[must_use]
    pub fn on(mut self, call: AiCall) -> Self {
        self.call = Some(call);
        self
    }

    /// Limits it to `count` calls.
    #[must_use]
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    fn meets(&self, call: AiCall) -> bool {
        self.kind.occurs_on(call) && self.call.is_none_or(|only| only == call) && self.count != Some(0)
    }
}

/// A fault that is switched on; `count` in `spec` is what is left of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActiveAiFault {
    /// For switching it off.
    pub id: u64,
    /// The fault.
    #[serde(flatten)]
    pub spec: AiFaultSpec,
    /// How many calls it has changed so far.
    pub hits: u32,
}

/// In the order they were switched on.
#[derive(Clone, Debug, Default)]
pub struct AiFaultList {
    next_id: u64,
    active: Vec<ActiveAiFault>,
}

impl AiFaultList {
    /// Switches a fault on; the same kind for the same calls is replaced.
    pub fn add(&mut self, spec: AiFaultSpec) -> u64 {
        let same = |old: &AiFaultSpec| old.kind.name() == spec.kind.name() && old.call == spec.call;
        self.active.retain(|old| !same(&old.spec));
        self.next_id += 1;
        self.active.push(ActiveAiFault {
            id: self.next_id,
            spec,
            hits: 0,
        });
        self.next_id
    }

    /// Switches off what `keep` refuses.
    pub fn retain(&mut self, keep: impl FnMut(&ActiveAiFault) -> bool) {
        self.active.retain(keep);
    }

    /// What is on.
    pub fn all(&self) -> &[ActiveAiFault] {
        &self.active
    }

    /// Uses up one turn of every fault that meets this call.
    pub fn take(&mut self, call: AiCall) -> Vec<AiFault> {
        let mut met = Vec::new();
        for fault in self.active.iter_mut().filter(|fault| fault.spec.meets(call)) {
            met.push(fault.spec.kind.clone());
            fault.hits += 1;
            fault.spec.count = fault.spec.count.map(|left| left.saturating_sub(1));
        }
        self.active.retain(|fault| fault.spec.count != Some(0));
        met
    }
}
