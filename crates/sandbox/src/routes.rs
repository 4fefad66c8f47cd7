//! Every address of the sandbox in one table.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::guard::{self, Guard};
use crate::handle::SandboxHandle;
use crate::state::App;
use crate::{api, chat, graph};

pub fn router(app: &Arc<App>, guard: Guard) -> Router {
    let handle = SandboxHandle::new(app.clone());
    Router::new()
        .merge(control().with_state(handle.clone()))
        .merge(chat::routes().with_state(handle))
        .merge(meta().with_state(app.clone()))
        .layer(from_fn_with_state(Arc::new(guard), guard::check))
}

fn meta() -> Router<Arc<App>> {
    use graph::{conversations, debug_token, messages, node, subscribed_apps as subscribed};
    let apps = get(subscribed::get)
        .post(subscribed::post)
        .delete(subscribed::delete);
    Router::new()
        .route("/{version}/debug_token", get(debug_token::get))
        .route("/{version}/{node}", get(node::get))
        .route("/{version}/{node}/messages", post(messages::post))
        .route("/{version}/{node}/conversations", get(conversations::get))
        .route("/{version}/{node}/subscribed_apps", apps)
}

fn control() -> Router<SandboxHandle> {
    use api::{conversations, faults, reading, switches};
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
        .route(
            "/sandbox/delivery",
            get(switches::mode).put(switches::set_mode),
        )
        .route("/sandbox/release", post(switches::release))
        .route("/sandbox/requests", post(switches::take_requests))
        .route("/sandbox/webhook", post(switches::webhook))
        .route("/sandbox/verify-webhook", post(switches::verify))
        .route("/sandbox/token", post(switches::token))
}
