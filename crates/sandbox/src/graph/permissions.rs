//! `GET /me/permissions`: what the person granted and what they declined.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::Edge;
use crate::state::App;
use crate::state::world::World;

/// Lists granted and declined permissions.
pub async fn get(State(app): State<Arc<App>>, _: Path<(String, String)>, incoming: Incoming) -> Response {
    let act = async { list(&app, &app.world(), &incoming) };
    answer(&app, &incoming, Edge::Permissions, "", act).await
}

fn list(app: &App, world: &World, incoming: &Incoming) -> Result<Value, GraphError> {
    let (_, token) = auth::person(app, world, incoming)?;
    let grant = world.facebook.grants.get(&token.user_id);
    let line = |status: &'static str| move |name: &String| json!({ "permission": name, "status": status });
    let lines: Vec<Value> = grant
        .iter()
        .flat_map(|grant| {
            let granted = grant.scopes.iter().map(line("granted"));
            granted.chain(grant.declined.iter().map(line("declined")))
        })
        .collect();
    Ok(json!({ "data": lines }))
}
