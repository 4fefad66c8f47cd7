//! `GET /debug_token`: what Meta thinks of a token.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::call::{Incoming, answer};
use super::error::GraphError;
use super::token_info::dead;
use crate::faults::Edge;
use crate::state::App;
use crate::state::accounts::{Page, Token, TokenKind};
use crate::state::world::World;

/// Tells what `input_token` is; for the app only.
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
    let expected = format!("{}|{}", app.config.app_id, world.app_secret);
    if incoming.token.as_deref() != Some(expected.as_str()) {
        return Err(GraphError::new(400, 190, "Invalid OAuth access token signature."));
    }
    let input = incoming
        .param("input_token")
        .ok_or_else(|| GraphError::new(400, 100, "(#100) The parameter input_token is required"))?;
    if input == expected {
        let data = json!({ "app_id": app.config.app_id, "type": "APP", "is_valid": true, "scopes": [] });
        return Ok(json!({ "data": data }));
    }
    let Some(token) = world.tokens.get(input) else {
        let error = json!({ "code": 190, "message": "Invalid OAuth access token - Cannot parse access token" });
        return Ok(json!({ "data": { "is_valid": false, "scopes": [], "error": error } }));
    };
    let granular: Vec<Value> = token
        .scopes
        .iter()
        .map(|scope| json!({ "scope": scope, "target_ids": targets(world, token, scope) }))
        .collect();
    let mut body = json!({ "data": {
        "app_id": app.config.app_id,
        "application": "Concierge",
        "type": "USER",
        "user_id": token.user_id,
        "is_valid": true,
        "issued_at": token.issued_at,
        "expires_at": token.expires_at,
        "data_access_expires_at": token.data_access_expires_at,
        "scopes": token.scopes,
        "granular_scopes": granular,
    } });
    if token.kind == TokenKind::Page {
        body["data"]["type"] = "PAGE".into();
        body["data"]["profile_id"] = token.page_id.clone().into();
    }
    Ok(match token.dead_at(world.now_ms() / 1000) {
        Some(subcode) => dead(body, subcode),
        None => body,
    })
}

/// The Pages, or the Instagram accounts behind them, that a scope was granted for.
fn targets(world: &World, token: &Token, scope: &str) -> Vec<String> {
    let reached = |page: &&Page| match token.kind {
        TokenKind::Page => page.page_id == token.page_id,
        TokenKind::ShortUser | TokenKind::LongUser => world.is_granted(&token.user_id, &page.page_id),
    };
    let id = |page: &Page| match &page.ig {
        Some(ig) if scope.starts_with("instagram") => Some(ig.ig_id.clone()),
        None if scope.starts_with("instagram") => None,
        _ => Some(page.page_id.clone()),
    };
    world.pages.iter().filter(reached).filter_map(id).collect()
}
