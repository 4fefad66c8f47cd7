//! The WebAssembly entry point: hydrates the app, or draws it anew where hydration failed, and nothing else.

use std::sync::Arc;

use hydration_context::{HydrateSharedContext, SharedContext};
use leptos::mount::{hydrate_from_async, mount_to};
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

/// Attaches the app to the page the server rendered, once the part of the WebAssembly that holds the page is there.
///
/// A panic before the page is hydrated is no error of ours: the page is loaded again and drawn anew.
#[wasm_bindgen]
pub async fn hydrate() {
    whole_document().await;
    if let Some(place) = app::place_to_draw_anew() {
        draw_anew(place);
    } else if let Some(body) = document().body() {
        app::restore_rendered_page();
        hydrate_from_async(body, app::App).await.forget();
        app::mark_hydrated();
    }
    console_error_panic_hook::set_once();
}

/// Waits until the browser has read all of the document.
async fn whole_document() {
    if document().ready_state() == "loading" {
        let read = js_sys::Promise::new(&mut |resolve, _| {
            let _ = document().add_event_listener_with_callback("DOMContentLoaded", &resolve);
        });
        let _ = JsFuture::from(read).await;
    }
}

/// Draws the app from nothing but what the server handed to the browser for the whole page: who looks, and the form that failed.
fn draw_anew(place: web_sys::HtmlElement) {
    let context = Arc::new(HydrateSharedContext::new());
    let owner = Owner::new_root(Some(context.clone()));
    owner.with(|| {
        mount_to(place, move || {
            let app = app::App();
            context.set_is_hydrating(false);
            context.hydration_complete();
            app
        })
        .forget();
    });
    std::mem::forget(owner);
}

/// Bytes that nothing refers to. The splitter moves data between files and aligns it anew; where that makes the sum longer than before,
/// it leaves all data, tables of Unicode included, in the main file. These bytes are dropped and make room for that. Not exported: what
/// is exported stays in the main file.
#[used]
static ROOM_FOR_ALIGNMENT: [u8; 4096] = [1; 4096];
