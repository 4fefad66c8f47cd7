//! `/sandbox/ai/…`: faults of the AI provider as `/sandbox/faults` has them, how it behaves, and what it received.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::ai::{ActiveAiFault, AiFaultSpec, AiRequest, JudgeMode};
use crate::handle::SandboxHandle;

/// One more, or all in place of what was on.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Order {
    One(AiFaultSpec),
    All(Vec<AiFaultSpec>),
}

/// Switches faults on.
pub async fn put_faults(State(handle): State<SandboxHandle>, Json(order): Json<Order>) -> Json<Vec<ActiveAiFault>> {
    let ai = handle.ai();
    match order {
        Order::One(spec) => {
            ai.fault(spec);
        }
        Order::All(specs) => {
            ai.clear_faults();
            for spec in specs {
                ai.fault(spec);
            }
        }
    }
    Json(ai.faults())
}

/// Lists what is on.
pub async fn faults(State(handle): State<SandboxHandle>) -> Json<Vec<ActiveAiFault>> {
    Json(handle.ai().faults())
}

/// Everything when both are missing.
#[derive(Deserialize)]
pub struct Which {
    id: Option<u64>,
    kind: Option<String>,
}

/// Switches faults off.
pub async fn delete_faults(State(handle): State<SandboxHandle>, Query(which): Query<Which>) -> StatusCode {
    let ai = handle.ai();
    match (which.id, which.kind) {
        (Some(id), _) => ai.clear_fault(id),
        (None, Some(kind)) => ai.clear_fault_named(&kind),
        (None, None) => ai.clear_faults(),
    }
    StatusCode::NO_CONTENT
}

/// How the provider behaves; what is missing in an order stays as it is.
#[derive(Serialize, Deserialize)]
pub struct Behaviour {
    judge: Option<JudgeMode>,
    obeys_customers: Option<bool>,
}

/// How it behaves now.
pub async fn behaviour(State(handle): State<SandboxHandle>) -> Json<Behaviour> {
    let ai = handle.ai();
    Json(Behaviour {
        judge: Some(ai.judge()),
        obeys_customers: Some(ai.obeys_customers()),
    })
}

/// Changes how it behaves.
pub async fn put_behaviour(handle: State<SandboxHandle>, Json(order): Json<Behaviour>) -> Json<Behaviour> {
    let ai = handle.ai();
    if let Some(mode) = order.judge {
        ai.set_judge(mode);
    }
    if let Some(on) = order.obeys_customers {
        ai.set_obeys_customers(on);
    }
    behaviour(handle).await
}

/// The content of the next answer to a reply request.
#[derive(Deserialize)]
pub struct NextAnswer {
    content: String,
}

/// Decides the next answer.
pub async fn answer_next(State(handle): State<SandboxHandle>, Json(order): Json<NextAnswer>) -> StatusCode {
    handle.ai().answer_next(order.content);
    StatusCode::NO_CONTENT
}

/// What came in, oldest first.
pub async fn requests(State(handle): State<SandboxHandle>) -> Json<Vec<AiRequest>> {
    Json(handle.ai().requests())
}

/// Forgets what came in.
pub async fn forget_requests(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.ai().forget_requests();
    StatusCode::NO_CONTENT
}
