//! `/healthz`: the process is up. `/readyz`: it can do its work. Neither says anything about anybody's data.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use engine::jobs;
use engine::pipeline::DeploymentBreaker;
use engine::storage::Database;
use http::StatusCode;
use serde_json::json;

const DATABASE_TIMEOUT: Duration = Duration::from_secs(3);

/// Whether this process can do its work.
#[derive(Debug, Clone)]
pub struct Readiness {
    database: Database,
    workers: Option<Arc<AtomicBool>>,
    breaker: DeploymentBreaker,
}

impl Readiness {
    /// `workers` tells whether they run; `None` for a process without.
    #[must_use]
    pub fn new(database: &Database, workers: Option<Arc<AtomicBool>>) -> Self {
        Self {
            database: database.clone(),
            workers,
            breaker: DeploymentBreaker::default(),
        }
    }

    /// Also says whether Meta refuses this deployment. That makes no process unready: deliveries must go on to be taken.
    #[must_use]
    pub fn with_breaker(mut self, breaker: &DeploymentBreaker) -> Self {
        self.breaker = breaker.clone();
        self
    }

    async fn schema(&self) -> &'static str {
        match tokio::time::timeout(DATABASE_TIMEOUT, jobs::pending_migrations(&self.database)).await {
            Ok(Ok(false)) => "up to date",
            Ok(Ok(true)) => "behind",
            Ok(Err(_)) | Err(_) => "away",
        }
    }
}

/// `/healthz` and `/readyz`.
pub fn routes(readiness: Readiness) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(readiness)
}

async fn ready(State(readiness): State<Readiness>) -> Response {
    let schema = readiness.schema().await;
    let workers = match &readiness.workers {
        None => "elsewhere",
        Some(up) if up.load(Ordering::Relaxed) => "up",
        Some(_) => "down",
    };
    let meta = match &readiness.workers {
        None => "asked elsewhere",
        Some(_) if readiness.breaker.is_open() => "refuses this deployment",
        Some(_) => "takes replies",
    };
    let ready = schema == "up to date" && workers != "down";
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        Json(json!({ "ready": ready, "database": schema, "workers": workers, "meta": meta })),
    )
        .into_response()
}
