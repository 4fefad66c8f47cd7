//! The faults that are switched on.

use super::answer;
use super::edge::Edge;
use super::kind::FaultKind;
use super::plan::{Plan, Verdict};
use super::spec::{ActiveFault, FaultSpec};

/// In the order they were switched on.
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

    /// Switches off what `keep` refuses.
    pub fn retain(&mut self, keep: impl FnMut(&ActiveFault) -> bool) {
        self.active.retain(keep);
    }

    /// What is on.
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
            if fault.spec.after > 0 {
                fault.spec.after -= 1;
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
