//! The chat page: an Instagram thread in the product's own style. The page is rendered here in
//! full and works as plain forms; the script only sends the same forms without leaving the page and
//! fetches the page again when [`live`] says that something changed.

mod ai_switches;
mod assets;
mod controls;
pub mod explain;
mod facebook;
mod fault_switches;
mod forms;
pub mod html;
mod live;
mod page;
mod people;
mod thread;
mod view;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};

use crate::handle::SandboxHandle;

/// The page, its forms and its files.
pub fn routes() -> Router<SandboxHandle> {
    Router::new()
        .route("/", get(page::get))
        .route("/chat/dm", post(forms::dm))
        .route("/chat/unsend", post(forms::unsend))
        .route("/chat/trick", post(forms::switch_fault))
        .route("/chat/ai", post(ai_switches::set))
        .route("/chat/extra", post(forms::extra))
        .route("/chat/life", post(facebook::apply_event))
        .route("/chat/reset", post(forms::reset))
        .route("/chat/tokens.css", get(assets::tokens))
        .route("/chat/chat.css", get(assets::style))
        .route("/chat/chat.js", get(assets::script))
        .route("/chat/icon.svg", get(assets::icon))
        .route("/sandbox/events", get(live::events))
        .layer(from_fn(strict))
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The customers' words are on this page: nothing but its own files may run or be loaded.
async fn strict(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
