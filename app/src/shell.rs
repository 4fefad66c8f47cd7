//! The document around the app: head, theme, icon sprite, and the content security policy that knows this page's nonce.

use std::sync::LazyLock;

use http::{HeaderValue, header};
use leptos::config::LeptosOptions;
use leptos::hydration::AutoReload;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::app::App;
use crate::context;
use crate::package::HydrateAfterPaint;
use crate::page_script::without_comments;

/// The icons, drawn once per page and referred to by id. Behind the app, so that hydration never meets it.
const SPRITE: &str = include_str!("../assets/icons.svg");

/// Keeps what others change in the page from ending it. Behind the app, which is rendered when it runs.
static FOREIGN_CHANGES: LazyLock<String> =
    LazyLock::new(|| without_comments(include_str!("../assets/foreign_changes.js")));

/// The whole document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    set_policy();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=context::theme()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#f8f6f2" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#141210" media="(prefers-color-scheme: dark)" />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <AutoReload options=options.clone() />
                <HydrateAfterPaint />
                <HashedStylesheet options id="concierge" />
                <MetaTags />
            </head>
            <body>
                <App />
                <div hidden inner_html=SPRITE></div>
                <script nonce=use_nonce() inner_html=FOREIGN_CHANGES.as_str()></script>
            </body>
        </html>
    }
}

/// The nonce exists only inside the render, so the policy of a page is set here; everything else gets one without a nonce.
fn set_policy() {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    let reload = if std::env::var_os("LEPTOS_WATCH").is_some() {
        " ws://127.0.0.1:3001 ws://localhost:3001"
    } else {
        ""
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         manifest-src 'self'; connect-src 'self'{reload}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
