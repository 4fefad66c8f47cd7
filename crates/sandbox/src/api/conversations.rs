//! Things customers and people do: DMs, unsends, reactions, answers by hand, test events.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::handle::{ControlError, Dm, EventRequest, SandboxHandle};

type Made = Result<Json<Value>, ControlError>;

pub async fn dm(State(handle): State<SandboxHandle>, Json(dm): Json<Dm>) -> Made {
    handle.dm(dm).map(|mid| Json(json!({ "mid": mid })))
}

#[derive(Deserialize)]
pub struct Unsend {
    mid: String,
}

pub async fn unsend(State(handle): State<SandboxHandle>, Json(order): Json<Unsend>) -> Made {
    handle.unsend(&order.mid).map(|()| Json(json!({ "mid": order.mid })))
}

#[derive(Deserialize)]
pub struct HumanReply {
    #[serde(alias = "page", alias = "page_id", alias = "ig_id")]
    account: String,
    customer: String,
    text: String,
}

pub async fn human_reply(State(handle): State<SandboxHandle>, Json(order): Json<HumanReply>) -> Made {
    let mid = handle.human_reply(&order.account, &order.customer, &order.text)?;
    Ok(Json(json!({ "mid": mid })))
}

pub async fn event(
    State(handle): State<SandboxHandle>,
    Json(order): Json<EventRequest>,
) -> Result<StatusCode, ControlError> {
    handle.event(&order).map(|()| StatusCode::ACCEPTED)
}

pub async fn test_event(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.test_event();
    StatusCode::ACCEPTED
}
