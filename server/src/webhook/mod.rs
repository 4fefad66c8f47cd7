//! Meta's door: the handshake and signed deliveries. It verifies and hands the bytes on; what they mean is the engine's business.

pub mod handshake;
mod receive;
pub mod signature;

pub use receive::WebhookDoor;

use axum::Router;
use axum::routing::get;

use crate::http::routes::WEBHOOK;

/// The webhook's two methods.
pub fn routes(door: WebhookDoor) -> Router {
    Router::new()
        .route(WEBHOOK, get(receive::greet).post(receive::deliver))
        .with_state(door)
}
