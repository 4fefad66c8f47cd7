//! Meta's webhook: the handshake and signed deliveries. It verifies and hands the bytes on; what they mean is the engine's business.

pub mod handshake;
mod receive;
pub mod signature;

pub use receive::WebhookState;

use axum::Router;
use axum::routing::get;

use crate::http::routes::table::WEBHOOK;

/// The webhook's two methods.
pub fn routes(state: WebhookState) -> Router {
    Router::new()
        .route(WEBHOOK, get(receive::handshake).post(receive::receive_delivery))
        .with_state(state)
}
