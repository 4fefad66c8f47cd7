//! The WebAssembly entry point: hydrates the app and nothing else.

use leptos::mount::hydrate_from_async;
use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;

/// Attaches the app to the page the server rendered, once the part of the WebAssembly that holds the page is there.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    if let Some(body) = document().body() {
        app::bypass_router_before_hydration();
        hydrate_from_async(body, app::App).await.forget();
        app::mark_hydrated();
    }
}

/// Bytes that no code refers to. The splitter moves data between files and aligns it anew; where that makes the sum longer than
/// before, it leaves all data, tables of Unicode included, in the main file. These bytes are dropped and make room for that.
#[expect(unsafe_code, reason = "an exported name is what keeps the linker from dropping it")]
#[unsafe(no_mangle)]
pub static ROOM_FOR_ALIGNMENT: [u8; 4096] = [1; 4096];
