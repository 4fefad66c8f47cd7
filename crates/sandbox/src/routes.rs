//! Every address of the sandbox in one table.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::clock::http_date;
use crate::guard::{self, Guard};
use crate::handle::SandboxHandle;
use crate::state::App;
use crate::{ai, api, chat, graph};

/// The whole sandbox: Graph API, AI provider, control API, chat page.
pub fn router(app: &Arc<App>, guard: Guard) -> Router {
    let handle = SandboxHandle::new(app.clone());
    Router::new()
        .merge(control().with_state(handle.clone()))
        .merge(chat::routes().with_state(handle))
        .merge(provider().with_state(app.clone()))
        .merge(meta(app).with_state(app.clone()))
        .layer(from_fn_with_state(Arc::new(guard), guard::check))
}

/// OpenAI's protocol.
fn provider() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/chat/completions", post(ai::chat_completions))
        .route("/v1/embeddings", post(ai::embeddings))
        .route("/v1/models", get(ai::models))
}

fn meta(app: &Arc<App>) -> Router<Arc<App>> {
    use graph::{access_token, accounts, dialog, permissions};
    use graph::{conversations, debug_token, messages, node, subscribed_apps as subscribed};
    let apps = get(subscribed::get).post(subscribed::post).delete(subscribed::delete);
    Router::new()
        .route("/{version}/dialog/oauth", get(dialog::get).post(dialog::post))
        .route(
            "/{version}/oauth/access_token",
            get(access_token::get).post(access_token::post),
        )
        .route("/{version}/debug_token", get(debug_token::get))
        .route("/{version}/{node}", get(node::get))
        .route(
            "/{version}/{node}/messages",
            get(conversations::messages).post(messages::post),
        )
        .route("/{version}/{node}/conversations", get(conversations::get))
        .route("/{version}/{node}/subscribed_apps", apps)
        .route("/{version}/{node}/accounts", get(accounts::get))
        .route("/{version}/{node}/permissions", get(permissions::get))
        .layer(from_fn_with_state(app.clone(), dated))
        .layer(from_fn(versioned))
}

/// `/v26.0/…` is a Graph call; anything else is a mistyped address and must not look like one.
async fn versioned(request: Request, next: Next) -> Response {
    let version = request.uri().path().split('/').nth(1).unwrap_or_default();
    let number = version.strip_prefix('v').unwrap_or_default();
    if number.starts_with(|first: char| first.is_ascii_digit()) {
        next.run(request).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

/// Every answer says what time it is at Meta.
async fn dated(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let date = HeaderValue::from_str(&http_date(app.world().now_ms()));
    if let Ok(date) = date {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

fn control() -> Router<SandboxHandle> {
    use api::{conversations, faults, login, reading, switches};
    Router::new()
        .route("/sandbox/dm", post(conversations::dm))
        .route("/sandbox/unsend", post(conversations::unsend))
        .route("/sandbox/human-reply", post(conversations::human_reply))
        .route("/sandbox/event", post(conversations::event))
        .route("/sandbox/test-event", post(conversations::test_event))
        .route(
            "/sandbox/faults",
            get(faults::list).put(faults::put).delete(faults::delete),
        )
        .route("/sandbox/sent", get(reading::sent))
        .route("/sandbox/sent/times", get(reading::times))
        .route("/sandbox/calls", get(reading::calls))
        .route("/sandbox/deliveries", get(reading::deliveries))
        .route("/sandbox/counts", get(reading::counts))
        .route("/sandbox/state", get(reading::state))
        .route("/sandbox/pages", get(reading::pages))
        .route("/sandbox/reset", post(switches::reset))
        .route("/sandbox/clock", post(switches::clock))
        .route("/sandbox/delivery", get(switches::mode).put(switches::set_mode))
        .route("/sandbox/release", post(switches::release))
        .route("/sandbox/requests", post(switches::take_requests))
        .route("/sandbox/webhook", post(switches::webhook))
        .route("/sandbox/app-secret", post(switches::app_secret))
        .route("/sandbox/verify-webhook", post(switches::verify))
        .route("/sandbox/token", post(switches::token))
        .route(
            "/sandbox/login",
            get(login::decision).put(login::decide).delete(login::ask),
        )
        .route("/sandbox/life", post(login::life))
        .route(
            "/sandbox/ai/faults",
            get(api::ai::faults)
                .put(api::ai::put_faults)
                .delete(api::ai::delete_faults),
        )
        .route(
            "/sandbox/ai/behaviour",
            get(api::ai::behaviour).put(api::ai::put_behaviour),
        )
        .route("/sandbox/ai/answer", post(api::ai::answer_next))
        .route(
            "/sandbox/ai/requests",
            get(api::ai::requests).delete(api::ai::forget_requests),
        )
        .route("/sandbox/deauthorize", post(login::deauthorize))
        .route("/sandbox/data-deletion", post(login::data_deletion))
}
