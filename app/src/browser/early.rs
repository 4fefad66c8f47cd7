//! What people type before the page is alive: nobody listens yet, and hydration would put the saved text back.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// What was typed into the field `id` of a page that is being brought to life; none when it says what the server drew. Unlike the
/// rest of this folder it is asked while a page is drawn, and knows nothing on the server.
#[must_use]
pub fn typed_early(id: &str) -> Option<String> {
    if cfg!(feature = "ssr") || is_alive() {
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

fn is_alive() -> bool {
    document()
        .document_element()
        .is_some_and(|root| root.has_attribute(super::HYDRATED))
}
