//! Meta's webhook: the handshake and signed deliveries. It verifies and hands the bytes on; what they mean is the engine's business.

pub mod handshake;
mod receive;
mod second_look;
pub mod signature;

pub use receive::WebhookState;

use axum::Router;
use axum::routing::get;

use crate::http::edge::bodies::BodyBudget;
use crate::http::routes::table::WEBHOOK;
use second_look::SecondLook;

/// What its two methods work with.
#[derive(Debug, Clone)]
struct Webhook {
    state: WebhookState,
    bodies: BodyBudget,
    second_look: SecondLook,
}

/// The webhook's two methods; `bodies` has room for what is not proven yet.
pub fn routes(state: WebhookState, bodies: BodyBudget) -> Router {
    let webhook = Webhook {
        state,
        bodies,
        second_look: SecondLook::default(),
    };
    Router::new()
        .route(WEBHOOK, get(receive::handshake).post(receive::receive_delivery))
        .with_state(webhook)
}
