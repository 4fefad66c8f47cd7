//! `/sandbox/faults`: PUT adds one fault, or replaces all by a list; DELETE takes `id`, `kind` or all.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::faults::{ActiveFault, FaultSpec};
use crate::handle::SandboxHandle;

/// One more, or all in place of what was on.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Order {
    One(FaultSpec),
    All(Vec<FaultSpec>),
}

/// Switches faults on.
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

/// Lists what is on.
pub async fn list(State(handle): State<SandboxHandle>) -> Json<Vec<ActiveFault>> {
    Json(handle.faults())
}

/// Everything when both are missing.
#[derive(Deserialize)]
pub struct Which {
    id: Option<u64>,
    kind: Option<String>,
}

/// Switches faults off.
pub async fn delete(State(handle): State<SandboxHandle>, Query(which): Query<Which>) -> StatusCode {
    match (which.id, which.kind) {
        (Some(id), _) => handle.clear_fault(id),
        (None, Some(kind)) => handle.clear_fault_named(&kind),
        (None, None) => handle.clear_faults(),
    }
    StatusCode::NO_CONTENT
}
