//! Files that a person chooses.

use js_sys::futures::JsFuture;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Event, FormData, HtmlInputElement};

/// Hands the text of the file that an `<input type="file">` was just given to `done`. A file that cannot be read is none.
pub fn read_chosen_file(event: &Event, done: impl FnOnce(String) + 'static) {
    let Some(file) = chosen_file(event) else {
        return;
    };
    leptos::task::spawn_local(async move {
        if let Ok(text) = JsFuture::from(file.text()).await {
            done(text.as_string().unwrap_or_default());
        }
    });
}

/// As its form would send it.
fn chosen_file(event: &Event) -> Option<Blob> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let data = FormData::new_with_form(&input.form()?).ok()?;
    data.get(&input.name()).dyn_into::<Blob>().ok()
}
