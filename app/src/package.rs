//! The files that make a page alive, and when the browser fetches them: once the page is painted.
//!
//! Leptos' own `HydrationScripts` names them as preloads in the head. There they share a slow line with the style sheet, and the words of
//! the page, which need none of them, come later.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::Link;
use serde_json::json;

use crate::page_script::without_comments;

/// Starts when the page is painted.
static SCRIPT: LazyLock<String> = LazyLock::new(|| without_comments(include_str!("../assets/after_paint.js")));

/// Addresses of the script, the main file of the WebAssembly, and the further files of each part. The server provides it for every render.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Of the script that instantiates the WebAssembly.
    pub script: String,
    /// Of the main file.
    pub wasm: String,
    /// By the name of the part.
    pub parts: Arc<HashMap<String, Vec<String>>>,
}

/// Names the files of the part, so that the browser need not find out by running the main file.
pub(crate) fn name_files_of(part: &str) {
    let Some(package) = use_context::<Package>() else {
        return;
    };
    for file in package.parts.get(part).into_iter().flatten() {
        // It registers itself with the head, and returns nothing to draw.
        let _ = fetched_after_paint(file).to_html();
    }
}

fn fetched_after_paint(file: &str) -> impl IntoView + use<> {
    view! { <Link rel="after-paint" href=file.to_owned() as_="fetch" type_="application/wasm" crossorigin="anonymous" /> }
}

/// What begins hydration.
#[component]
pub(crate) fn HydrateAfterPaint() -> impl IntoView {
    let package = use_context::<Package>().unwrap_or_default();
    let call = format!(
        "{}({}, {});",
        SCRIPT.as_str(),
        json!(package.script),
        json!(package.wasm)
    );
    view! {
        <link rel="after-paint" href=package.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script nonce=use_nonce() inner_html=call></script>
    }
}
