//! `GET /me/accounts`: the Pages that a person ticked, page by page, each with its token.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use super::node::about_page;
use crate::faults::Edge;
use crate::state::App;
use crate::state::accounts::Page;
use crate::state::world::World;

/// Lists the granted Pages of the token's user.
pub async fn get(
    State(app): State<Arc<App>>,
    Path((version, _)): Path<(String, String)>,
    incoming: Incoming,
) -> Response {
    let act = async { app.change(|world| list(&app, world, &incoming, &version)) };
    answer(&app, &incoming, Edge::Accounts, "", act).await
}

fn list(app: &App, world: &mut World, incoming: &Incoming, version: &str) -> Result<Value, GraphError> {
    let (value, token) = auth::person(app, world, incoming)?;
    let (value, user_id) = (value.to_owned(), token.user_id.clone());
    if !token.scopes.iter().any(|scope| scope == "pages_show_list") {
        return Ok(json!({ "data": [] }));
    }
    let after: usize = incoming
        .param("after")
        .and_then(|after| after.parse().ok())
        .unwrap_or(0);
    if world.facebook.empty_first_page && incoming.param("after").is_none() {
        return Ok(json!({ "data": [], "paging": { "next": next(incoming, version, &user_id, 0) } }));
    }
    let asked = incoming.param("limit").and_then(|limit| limit.parse().ok());
    let limit = asked.unwrap_or(usize::MAX).clamp(1, world.facebook.accounts_per_page);
    let granted: Vec<Page> = world
        .pages
        .iter()
        .filter(|page| !page.unlisted && world.is_granted(&user_id, &page.page_id))
        .cloned()
        .collect();
    let data: Vec<Value> = granted
        .iter()
        .skip(after)
        .take(limit)
        .map(|page| {
            let mut body = about_page(page);
            body["access_token"] = world.page_token_for(&value, &page.page_id).into();
            body
        })
        .collect();
    let mut body = json!({ "data": data, "paging": { "cursors": { "before": after.to_string() } } });
    if after + limit < granted.len() {
        body["paging"]["next"] = next(incoming, version, &user_id, after + limit).into();
    }
    Ok(body)
}

/// Meta's links carry the token; this one leaves it out, so that callers do not rely on it.
fn next(incoming: &Incoming, version: &str, user_id: &str, after: usize) -> String {
    let limit = incoming.param("limit").unwrap_or("25");
    format!(
        "http://{}/{version}/{user_id}/accounts?limit={limit}&after={after}",
        incoming.host
    )
}
