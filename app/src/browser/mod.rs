//! What only a browser can do. Everything here compiles on the server too, and is called from event handlers and effects alone,
//! which never run there.

mod drafts;
mod events;
mod fetch;
mod files;
mod focus;
mod pre_hydration;
mod unsaved;

pub use drafts::{
    Draft, bring_draft_back, draft_key, keep_draft, keep_draft_put_away, load_draft, load_put_away_draft,
    put_draft_away, remove_draft, remove_put_away_draft, save_draft,
};
pub use events::listen_for_changes;
#[cfg(not(feature = "ssr"))]
pub use fetch::call_server_fn;
pub use fetch::post_form;
pub use files::read_chosen_file;
pub use focus::{
    clear_inputs, element, focus, focus_end, focus_if_lost, focus_when_present, focused_part, moves_to_form_buttons,
    scroll_into_view_if_needed, scroll_to, select_text, show_first_problem, submit,
};
#[cfg(feature = "hydrate")]
pub use pre_hydration::is_hydrated;
pub use pre_hydration::{mark_hydrated, place_to_draw_anew, restore_rendered_page, typed_before_hydration};
pub use unsaved::{Unsaved, guard_navigation};

use wasm_bindgen::JsCast;

/// The session is over: to the sign-in, which leads back here and says whether a draft is kept.
pub fn sign_in_again(keeps_draft: bool) {
    let location = leptos::prelude::window().location();
    let here = location.pathname().unwrap_or_default();
    let next = String::from(js_sys::encode_uri_component(&here));
    let ended = if keeps_draft { "draft" } else { "yes" };
    let _ = location.assign(&format!("/login?next={next}&ended={ended}"));
}

/// As the browser's own button does.
pub fn reload_page() {
    let _ = leptos::prelude::window().location().reload();
}

/// Marks the icon of the tab while something needs the reader.
pub fn mark_tab(needs_somebody: bool) {
    let icon = if needs_somebody {
        "/favicon-trouble.svg"
    } else {
        "/favicon.svg"
    };
    if let Some(link) = element("link[rel='icon']") {
        let _ = link.set_attribute("href", icon);
    }
}

/// Whether this key press ends a composition of an input method (an IME): such an Enter belongs to the input method.
#[must_use]
pub fn is_composing(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// The text of a paste, with its lines.
#[must_use]
pub fn pasted_text(event: &web_sys::ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text").ok()
}

/// Space activates a link with the role of a button.
pub fn click_on_space(event: web_sys::KeyboardEvent) {
    if event.key() != " " {
        return;
    }
    event.prevent_default();
    let link = event.current_target();
    if let Some(link) = link.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        link.click();
    }
}

/// Ctrl+Enter, or Cmd+Enter on a Mac.
#[must_use]
pub fn is_save_key(event: &web_sys::KeyboardEvent) -> bool {
    event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !is_composing(event)
}
