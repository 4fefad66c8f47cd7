//! `GET /debug_token`: what Meta thinks of a token.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::Edge;
use crate::faults::answer::dead_token_text;
use crate::state::{App, World};

pub async fn get(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    let input = incoming.param("input_token").unwrap_or_default();
    let page = app
        .world()
        .tokens
        .get(input)
        .map(|token| token.page_id.clone())
        .unwrap_or_default();
    let act = async { inspect(&app, &app.world(), &incoming) };
    answer(&app, &incoming, Edge::DebugToken, &page, act).await
}

fn inspect(app: &App, world: &World, incoming: &Incoming) -> Result<Value, GraphError> {
    let expected = format!("{}|{}", app.config.app_id, app.config.app_secret);
    if incoming.token.as_deref() != Some(expected.as_str()) {
        return Err(GraphError::new(400, 190, "Invalid OAuth access token signature."));
    }
    let input = incoming
        .param("input_token")
        .ok_or_else(|| GraphError::new(400, 100, "(#100) The parameter input_token is required"))?;
    let Some(token) = world.tokens.get(input) else {
        let error = json!({ "code": 190, "message": "Invalid OAuth access token - Cannot parse access token" });
        return Ok(json!({ "data": { "is_valid": false, "scopes": [], "error": error } }));
    };
    let targets = |scope: &str| {
        let page = world.page(&token.page_id)?;
        let ig = page.ig.as_ref()?;
        Some(if scope.starts_with("instagram") {
            ig.ig_id.clone()
        } else {
            page.page_id.clone()
        })
    };
    let granular: Vec<Value> = token
        .scopes
        .iter()
        .map(|scope| json!({ "scope": scope, "target_ids": targets(scope).into_iter().collect::<Vec<_>>() }))
        .collect();
    let body = json!({ "data": {
        "app_id": app.config.app_id,
        "application": "Concierge",
        "type": "PAGE",
        "profile_id": token.page_id,
        "user_id": "10229981734501122",
        "is_valid": true,
        "issued_at": token.issued_at,
        "expires_at": token.expires_at,
        "data_access_expires_at": token.data_access_expires_at,
        "scopes": token.scopes,
        "granular_scopes": granular,
    } });
    Ok(match token.dead {
        Some(subcode) => dead(body, subcode),
        None => body,
    })
}

/// The same answer for a token that has died: still HTTP 200.
pub fn dead(mut body: Value, subcode: u32) -> Value {
    let data = &mut body["data"];
    data["is_valid"] = false.into();
    data["scopes"] = json!([]);
    let mut error = json!({ "code": 190, "message": dead_token_text(subcode) });
    if subcode != 0 {
        error["subcode"] = subcode.into();
    }
    data["error"] = error;
    if let Some(fields) = data.as_object_mut() {
        fields.remove("granular_scopes");
    }
    body
}

/// The same answer after the messaging permission was taken away.
pub fn without_messaging(mut body: Value) -> Value {
    let gone = |scope: &Value| scope.as_str() == Some("instagram_manage_messages");
    if let Some(scopes) = body["data"]["scopes"].as_array_mut() {
        scopes.retain(|scope| !gone(scope));
    }
    if let Some(scopes) = body["data"]["granular_scopes"].as_array_mut() {
        scopes.retain(|entry| !gone(&entry["scope"]));
    }
    body
}
