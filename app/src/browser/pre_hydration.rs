//! Input before hydration: no handler is attached yet, and hydration would restore the saved text.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

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

/// Before hydration a link is followed by a full load: the router listens before the page is hydrated, and would swallow the click.
pub fn bypass_router_before_hydration() {
    let click = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        if !is_hydrated() {
            event.stop_immediate_propagation();
        }
    });
    let handler = click.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("click", handler, true);
    click.forget();
}

fn is_hydrated() -> bool {
    document()
        .document_element()
        .is_some_and(|root| root.has_attribute(super::HYDRATED))
}
