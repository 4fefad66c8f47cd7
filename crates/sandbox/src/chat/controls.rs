//! The right column: what can go wrong, each with its way back.

use super::fault_switches::{FaultSwitch, SWITCHES};
use super::html::{hidden, icon};
use super::view::View;
use crate::handle::SandboxHandle;

/// The column as HTML.
pub fn render(handle: &SandboxHandle, view: &View) -> String {
    let mut rows = String::new();
    for switch in &SWITCHES {
        rows.push_str(&row(view, switch));
    }
    let place = hidden("to", &view.account.username) + &hidden("as", &view.customer);
    format!(
        "<section class=\"stack\" aria-labelledby=\"flt\"><div class=\"card\" id=\"tricks\">\
         <div class=\"card__head\"><h2 class=\"card__title\" id=\"flt\">Make it go wrong</h2></div>{rows}</div>{ai}\
         <form class=\"card\" method=\"post\" action=\"/chat/extra\" data-live>{place}\
         <div class=\"card__head\"><h2 class=\"card__title\">Also happens</h2></div><div class=\"stack stack--2\">\
         <button class=\"btn btn--sm btn--block\" name=\"what\" value=\"human\">A person answers in Instagram</button>\
         <button class=\"btn btn--sm btn--block\" name=\"what\" value=\"reaction\">The customer likes the last message</button>\
         <button class=\"btn btn--sm btn--block\" name=\"what\" value=\"test\">Meta sends a test event</button></div></form>{facebook}\
         <form method=\"post\" action=\"/chat/reset\" data-live>{place}\
         <button class=\"btn btn--block\">{}Reset the sandbox</button></form></section>",
        icon("undo"),
        ai = super::ai_switches::render(handle, view),
        facebook = super::facebook::render(view),
    )
}

fn row(view: &View, switch: &FaultSwitch) -> String {
    let (id, on) = (switch.id, switch.is_on(view));
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
        switch.name,
        switch.help,
    )
}
