//! Things customers and people do: DMs, unsends, reactions, answers by hand, test events.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::handle::{ControlError, Dm, EventRequest, SandboxHandle};

type Made = Result<Json<Value>, ControlError>;

/// A customer writes.
pub async fn dm(State(handle): State<SandboxHandle>, Json(dm): Json<Dm>) -> Made {
    handle.dm(dm).map(|mid| Json(json!({ "mid": mid })))
}

/// The message to take back.
#[derive(Deserialize)]
pub struct Unsend {
    mid: String,
}

/// A customer takes a message back.
pub async fn unsend(State(handle): State<SandboxHandle>, Json(order): Json<Unsend>) -> Made {
    handle.unsend(&order.mid).map(|()| Json(json!({ "mid": order.mid })))
}

/// A text that a person types.
#[derive(Deserialize)]
pub struct HumanReply {
    #[serde(alias = "page", alias = "page_id", alias = "ig_id")]
    account: String,
    customer: String,
    text: String,
}

/// A person answers in the Instagram app.
pub async fn human_reply(State(handle): State<SandboxHandle>, Json(order): Json<HumanReply>) -> Made {
    let mid = handle.human_reply(&order.account, &order.customer, &order.text)?;
    Ok(Json(json!({ "mid": mid })))
}

/// Any other event of a conversation.
pub async fn event(
    State(handle): State<SandboxHandle>,
    Json(order): Json<EventRequest>,
) -> Result<StatusCode, ControlError> {
    handle.event(&order).map(|()| StatusCode::ACCEPTED)
}

/// The dashboard's "Test" button.
pub async fn test_event(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.test_event();
    StatusCode::ACCEPTED
}
