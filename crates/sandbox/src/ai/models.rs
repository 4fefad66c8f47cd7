//! `GET /v1/models`.

use axum::Json;
use serde_json::{Value, json};

/// The names the demo uses; every other name is answered, too.
const MODELS: [&str; 3] = ["pretend-reply", "pretend-safety", "pretend-embedding"];

/// Lists the models.
pub async fn get() -> Json<Value> {
    let model = |id| json!({ "id": id, "object": "model", "created": 1_795_000_000, "owned_by": "sandbox" });
    Json(json!({ "object": "list", "data": MODELS.map(model) }))
}
