//! The WebAssembly entry point: hydrates the app and nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Attaches the app to the page the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
