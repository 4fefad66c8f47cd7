//! Clock, delivery disorders, tokens, webhook address, reset.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::handle::{ControlError, SandboxHandle};
use crate::webhooks::mode::{DeliveryMode, Release};
use crate::webhooks::sign::SignedRequest;

/// Back to the seeded world.
pub async fn reset(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.reset();
    StatusCode::NO_CONTENT
}

/// `{"advance_ms": …}`, `{"set_ms": …}` (stands still from then on) or `{"reset": true}`.
#[derive(Deserialize)]
pub struct Clock {
    advance_ms: Option<i64>,
    set_ms: Option<i64>,
    #[serde(default)]
    reset: bool,
}

/// Moves, stops or resets the clock.
pub async fn clock(State(handle): State<SandboxHandle>, Json(order): Json<Clock>) -> Json<Value> {
    if order.reset {
        handle.reset_clock();
    }
    if let Some(at) = order.set_ms {
        handle.freeze_clock(at);
    }
    if let Some(ms) = order.advance_ms {
        handle.advance_clock(ms);
    }
    Json(json!({ "now_ms": handle.now_ms() }))
}

/// The delivery mode.
pub async fn mode(State(handle): State<SandboxHandle>) -> Json<DeliveryMode> {
    Json(handle.mode())
}

/// Changes the delivery mode.
pub async fn set_mode(State(handle): State<SandboxHandle>, Json(mode): Json<DeliveryMode>) -> StatusCode {
    handle.set_mode(mode);
    StatusCode::NO_CONTENT
}

/// Delivers held events.
pub async fn release(State(handle): State<SandboxHandle>, Json(order): Json<Release>) -> StatusCode {
    handle.release(order).await;
    StatusCode::NO_CONTENT
}

/// Signed requests of manual mode, bodies as text.
pub async fn take_requests(State(handle): State<SandboxHandle>) -> Json<Vec<Value>> {
    let one = |request: SignedRequest| {
        json!({ "url": request.url, "signature": request.signature,
                "body": String::from_utf8_lossy(&request.body) })
    };
    Json(handle.take_requests().into_iter().map(one).collect())
}

/// Where webhooks go from now on.
#[derive(Deserialize)]
pub struct Webhook {
    url: String,
}

/// Changes the webhook address.
pub async fn webhook(State(handle): State<SandboxHandle>, Json(order): Json<Webhook>) -> StatusCode {
    handle.set_webhook_url(order.url);
    StatusCode::NO_CONTENT
}

/// The new app secret.
#[derive(Deserialize)]
pub struct AppSecret {
    secret: String,
}

/// Resets the app secret, as the dashboard does.
pub async fn app_secret(State(handle): State<SandboxHandle>, Json(order): Json<AppSecret>) -> StatusCode {
    handle.reset_app_secret(order.secret);
    StatusCode::NO_CONTENT
}

/// The token that Concierge expects.
#[derive(Deserialize)]
pub struct Verify {
    verify_token: String,
}

/// Does the webhook handshake.
pub async fn verify(State(handle): State<SandboxHandle>, Json(order): Json<Verify>) -> Json<Value> {
    Json(json!({ "verified": handle.verify_webhook(&order.verify_token).await }))
}

/// `dead`: a 190 subcode, 0 for none, null to revive.
#[derive(Deserialize)]
pub struct TokenState {
    page: String,
    #[serde(default)]
    dead: Option<u32>,
    #[serde(default)]
    rotate: bool,
}

/// Kills, revives or replaces the token of a Page.
pub async fn token(
    State(handle): State<SandboxHandle>,
    Json(order): Json<TokenState>,
) -> Result<Json<Value>, ControlError> {
    if order.rotate {
        let token = handle.rotate_token(&order.page)?;
        return Ok(Json(json!({ "token": token })));
    }
    handle.set_token_dead(&order.page, order.dead)?;
    Ok(Json(json!({ "dead": order.dead })))
}
