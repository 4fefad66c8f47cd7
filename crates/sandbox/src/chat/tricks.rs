//! The right column: what can go wrong, each with its way back.

use super::html::{hidden, icon};
use super::view::View;
use crate::faults::{FaultKind, FaultSpec};
use crate::handle::SandboxHandle;

pub struct Trick {
    pub id: &'static str,
    name: &'static str,
    help: &'static str,
    /// `None` for what is no fault of the Graph API.
    fault: Option<FaultKind>,
}

pub const TRICKS: [Trick; 7] = [
    Trick {
        id: "token_expired",
        name: "Token expired",
        help: "Meta answers 190 / 463. Off again: press “Check now” on the account page.",
        fault: Some(FaultKind::TokenExpired),
    },
    Trick {
        id: "server_error",
        name: "Meta is down",
        help: "Every call answers 503.",
        fault: Some(FaultKind::ServerError { http_status: 503 }),
    },
    Trick {
        id: "slow",
        name: "Slow",
        help: "Answers take 12 seconds, longer than Concierge waits.",
        fault: Some(FaultKind::Slow {
            ms: 12_000,
            before: false,
        }),
    },
    Trick {
        id: "cut_after",
        name: "Cut after accept",
        help: "The message arrives, the connection drops before the answer.",
        fault: Some(FaultKind::CutAfter),
    },
    Trick {
        id: "outside_window",
        name: "Outside 24 hours",
        help: "Meta answers 10 / 2534022.",
        fault: Some(FaultKind::OutsideWindow),
    },
    Trick {
        id: "unsubscribed",
        name: "Page unsubscribed",
        help: "No webhook is sent for this account.",
        fault: Some(FaultKind::Unsubscribed),
    },
    Trick {
        id: "twice",
        name: "Deliver twice",
        help: "The same webhook, two times.",
        fault: None,
    },
];

impl Trick {
    fn is_on(&self, view: &View) -> bool {
        if self.fault.is_none() {
            view.twice
        } else {
            view.faults.contains(self.id)
        }
    }

    pub fn switch(&self, handle: &SandboxHandle, page_id: &str, on: bool) {
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

pub fn render(view: &View) -> String {
    let mut rows = String::new();
    for trick in &TRICKS {
        rows.push_str(&row(view, trick));
    }
    let place = hidden("to", &view.account.username) + &hidden("as", &view.customer);
    format!(
        "<section class=\"stack\" aria-labelledby=\"flt\"><div class=\"card\" id=\"tricks\">\
         <div class=\"card__head\"><h2 class=\"card__title\" id=\"flt\">Make it go wrong</h2></div>{rows}</div>\
         <form class=\"card\" method=\"post\" action=\"/chat/extra\" data-live>{place}\
         <div class=\"card__head\"><h2 class=\"card__title\">Also happens</h2></div><div class=\"stack stack--2\">\
         <button class=\"btn btn--sm btn--block\" name=\"what\" value=\"human\">A person answers in Instagram</button>\
         <button class=\"btn btn--sm btn--block\" name=\"what\" value=\"reaction\">The customer likes the last message</button>\
         <button class=\"btn btn--sm btn--block\" name=\"what\" value=\"test\">Meta sends a test event</button></div></form>{facebook}\
         <form method=\"post\" action=\"/chat/reset\" data-live>{place}\
         <button class=\"btn btn--block\">{}Reset the sandbox</button></form></section>",
        icon("undo"),
        facebook = super::facebook::render(view),
    )
}

fn row(view: &View, trick: &Trick) -> String {
    let (id, on) = (trick.id, trick.is_on(view));
    let word = if on { "On" } else { "Off" };
    format!(
        "<form class=\"setting\" method=\"post\" action=\"/chat/trick\" data-live>{}{}{}{}\
         <div><p class=\"setting__name\" id=\"n-{id}\">{}</p>\
         <p class=\"setting__help\" id=\"h-{id}\">{}</p></div>\
         <button class=\"switch\" role=\"switch\" aria-checked=\"{on}\" aria-labelledby=\"n-{id}\" aria-describedby=\"h-{id}\">\
         <span class=\"switch__track\" aria-hidden=\"true\"></span>\
         <span class=\"switch__word\" aria-hidden=\"true\">{word}</span></button></form>",
        hidden("to", &view.account.username),
        hidden("as", &view.customer),
        hidden("trick", id),
        hidden("on", if on { "false" } else { "true" }),
        trick.name,
        trick.help,
    )
}
