//! The faults that the chat page switches on and off.

use super::view::View;
use crate::faults::{FaultKind, FaultSpec};
use crate::handle::SandboxHandle;

/// One switch of the page.
pub struct FaultSwitch {
    /// In the form and in element ids.
    pub id: &'static str,
    /// Its label.
    pub name: &'static str,
    /// What it does.
    pub help: &'static str,
    /// `None` for what is no fault of the Graph API.
    fault: Option<FaultKind>,
}

/// In the order of the page.
pub const SWITCHES: [FaultSwitch; 7] = [
    FaultSwitch {
        id: "token_expired",
        name: "Token expired",
        help: "Meta answers 190 / 463. Off again: press “Check now” on the account page.",
        fault: Some(FaultKind::TokenExpired),
    },
    FaultSwitch {
        id: "server_error",
        name: "Meta is down",
        help: "Every call answers 503.",
        fault: Some(FaultKind::ServerError { http_status: 503 }),
    },
    FaultSwitch {
        id: "slow",
        name: "Slow",
        help: "Answers take 12 seconds, longer than Concierge waits.",
        fault: Some(FaultKind::Slow {
            ms: 12_000,
            before: false,
        }),
    },
    FaultSwitch {
        id: "cut_after",
        name: "Cut after accept",
        help: "The message arrives, the connection drops before the answer.",
        fault: Some(FaultKind::CutAfter),
    },
    FaultSwitch {
        id: "outside_window",
        name: "Outside 24 hours",
        help: "Meta answers 10 / 2534022.",
        fault: Some(FaultKind::OutsideWindow),
    },
    FaultSwitch {
        id: "unsubscribed",
        name: "Page unsubscribed",
        help: "No webhook is sent for this account.",
        fault: Some(FaultKind::Unsubscribed),
    },
    FaultSwitch {
        id: "twice",
        name: "Deliver twice",
        help: "The same webhook, two times.",
        fault: None,
    },
];

impl FaultSwitch {
    /// Whether it is on for the shown account.
    pub fn is_on(&self, view: &View) -> bool {
        if self.fault.is_none() {
            view.twice
        } else {
            view.faults.contains(self.id)
        }
    }

    /// Switches it for one Page.
    pub fn set(&self, handle: &SandboxHandle, page_id: &str, on: bool) {
        let Some(fault) = self.fault.clone() else {
            let mode = handle.mode();
            handle.set_mode(crate::DeliveryMode { twice: on, ..mode });
            return;
        };
        let name = fault.name();
        handle.app.change(|world| {
            world.faults.retain(|active| {
                let here = active.spec.page.as_deref().is_none_or(|page| page == page_id);
                active.spec.kind.name() != name || !here
            });
        });
        if on {
            handle.fault(FaultSpec::from(fault).page(page_id));
        }
    }
}
