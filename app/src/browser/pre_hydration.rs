//! The page before hydration: no handler is attached yet, hydration would restore the saved text, and others may have changed the page.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

const HYDRATED: &str = "data-hydrated";

/// What was typed into the field `id` before hydration; none when the field is as the server rendered it. Unlike the rest of this
/// folder it is called while a page renders, and returns none on the server.
#[must_use]
pub fn typed_before_hydration(id: &str) -> Option<String> {
    if cfg!(feature = "ssr") || is_hydrated() {
        return None;
    }
    let field = document().get_element_by_id(id)?;
    let (now, drawn) = match field.dyn_into::<HtmlTextAreaElement>() {
        Ok(area) => (area.value(), area.default_value().ok()?),
        Err(other) => {
            let input = other.dyn_into::<HtmlInputElement>().ok()?;
            (input.value(), input.default_value())
        }
    };
    (now != drawn).then_some(now)
}

/// Takes back what extensions and translation changed in the page meanwhile: hydration has to meet what the server rendered.
pub fn restore_rendered_page() {
    tell_page("concierge:hydrating");
}

/// Handlers are attached. `<html>` is marked; browser tests wait for it.
pub fn mark_hydrated() {
    tell_page("concierge:hydrated");
}

/// Where the app is drawn anew, hidden, because hydration failed in this tab: the page puts it into its place.
#[must_use]
pub fn place_to_draw_anew() -> Option<HtmlElement> {
    document().get_element_by_id("drawn-anew")?.dyn_into().ok()
}

/// `app/assets/foreign_changes.js` listens.
fn tell_page(event: &str) {
    if let Ok(event) = Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

/// Whether handlers are attached.
pub fn is_hydrated() -> bool {
    document()
        .document_element()
        .is_some_and(|root| root.has_attribute(HYDRATED))
}
