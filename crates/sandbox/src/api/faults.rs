//! `/sandbox/faults`: PUT adds one fault, or replaces all by a list; DELETE takes `id`, `kind` or all.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::faults::{ActiveFault, FaultSpec};
use crate::handle::SandboxHandle;

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Order {
    One(FaultSpec),
    All(Vec<FaultSpec>),
}

pub async fn put(State(handle): State<SandboxHandle>, Json(order): Json<Order>) -> Json<Vec<ActiveFault>> {
    match order {
        Order::One(spec) => {
            handle.fault(spec);
        }
        Order::All(specs) => {
            handle.clear_faults();
            for spec in specs {
                handle.fault(spec);
            }
        }
    }
    Json(handle.faults())
}

pub async fn list(State(handle): State<SandboxHandle>) -> Json<Vec<ActiveFault>> {
    Json(handle.faults())
}

#[derive(Deserialize)]
pub struct Which {
    id: Option<u64>,
    kind: Option<String>,
}

pub async fn delete(State(handle): State<SandboxHandle>, Query(which): Query<Which>) -> StatusCode {
    match (which.id, which.kind) {
        (Some(id), _) => handle.clear_fault(id),
        (None, Some(kind)) => handle.clear_fault_named(&kind),
        (None, None) => handle.clear_faults(),
    }
    StatusCode::NO_CONTENT
}
