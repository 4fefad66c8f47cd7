//! `/{page}/subscribed_apps`: which webhooks a Page sends. The names are the Page object's, not
//! Instagram's, and one unknown name rejects the whole call.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::{Edge, FaultKind};
use crate::state::App;
use crate::state::world::World;

const FIELDS: [&str; 14] = [
    "feed",
    "mention",
    "standby",
    "messages",
    "message_reactions",
    "message_echoes",
    "message_deliveries",
    "message_reads",
    "messaging_optins",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_handovers",
    "messaging_policy_enforcement",
    "messaging_account_linking",
];

type Node = Path<(String, String)>;

/// Lists the subscribed fields.
pub async fn get(State(app): State<Arc<App>>, Path((_, node)): Node, incoming: Incoming) -> Response {
    let page = auth::page_of(&app.world(), &incoming, &node);
    let act = async { read(&app, &app.world(), &incoming, &page) };
    answer(&app, &incoming, Edge::SubscribedApps, &page, act).await
}

/// Subscribes to fields.
pub async fn post(State(app): State<Arc<App>>, Path((_, node)): Node, incoming: Incoming, body: Bytes) -> Response {
    let page = auth::page_of(&app.world(), &incoming, &node);
    let fields = fields(&incoming, &body);
    let act = async { app.change(|world| subscribe(&app, world, &incoming, &page, &fields)) };
    answer(&app, &incoming, Edge::SubscribedApps, &page, act).await
}

/// Ends the subscription.
pub async fn delete(State(app): State<Arc<App>>, Path((_, node)): Node, incoming: Incoming) -> Response {
    let page = auth::page_of(&app.world(), &incoming, &node);
    let act = async {
        app.change(|world| {
            auth::authorise(&app, world, &incoming, &page, &[])?;
            if let Some(page) = world.page_mut(&page) {
                page.subscribed.clear();
            }
            Ok(json!({ "success": true }))
        })
    };
    answer(&app, &incoming, Edge::SubscribedApps, &page, act).await
}

fn read(app: &App, world: &World, incoming: &Incoming, page: &str) -> Result<Value, GraphError> {
    let page = auth::authorise(app, world, incoming, page, &["pages_manage_metadata"])?;
    if page.subscribed.is_empty() || world.faults.unsubscribed(&page.page_id) {
        return Ok(json!({ "data": [] }));
    }
    Ok(json!({ "data": [{
        "id": app.config.app_id,
        "name": "Concierge",
        "link": "https://concierge.example/",
        "subscribed_fields": page.subscribed,
    }] }))
}

fn subscribe(
    app: &App,
    world: &mut World,
    incoming: &Incoming,
    page_id: &str,
    fields: &[String],
) -> Result<Value, GraphError> {
    let scopes = ["pages_manage_metadata"];
    auth::authorise(app, world, incoming, page_id, &scopes)?;
    if fields.is_empty() {
        let message = "(#100) The parameter subscribed_fields is required.";
        return Err(GraphError::new(400, 100, message));
    }
    for (index, field) in fields.iter().enumerate() {
        if !FIELDS.contains(&field.as_str()) {
            let known = FIELDS.join(", ");
            let message =
                format!("(#100) Param subscribed_fields[{index}] must be one of {{{known}}} - got \"{field}\".");
            return Err(GraphError::new(400, 100, message));
        }
        if field.starts_with("message") {
            auth::authorise(app, world, incoming, page_id, &["pages_messaging"]).map_err(|_| {
                let message = format!(
                    "(#200) To subscribe to the {field} field, one of these permissions is needed: pages_messaging"
                );
                GraphError::new(403, 200, message)
            })?;
        }
    }
    if let Some(page) = world.page_mut(page_id) {
        page.subscribed = fields.to_vec();
    }
    world
        .faults
        .retain(|fault| fault.spec.kind != FaultKind::Unsubscribed || fault.spec.page.as_deref() != Some(page_id));
    Ok(json!({ "success": true }))
}

/// From the query, a form body or a JSON body; a comma separated list or an array.
fn fields(incoming: &Incoming, body: &[u8]) -> Vec<String> {
    let from_body = || {
        if let Ok(json) = serde_json::from_slice::<Value>(body) {
            return Some(match &json["subscribed_fields"] {
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
                other => other.as_str().unwrap_or_default().to_owned(),
            });
        }
        let mut form = url::form_urlencoded::parse(body);
        form.find(|(name, _)| name == "subscribed_fields")
            .map(|(_, value)| value.into_owned())
    };
    let list = incoming
        .param("subscribed_fields")
        .map(str::to_owned)
        .or_else(from_body);
    list.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|field| !field.is_empty())
        .map(str::to_owned)
        .collect()
}
