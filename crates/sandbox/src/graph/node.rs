//! `GET /{id}`: a Page, or the profile of a customer.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::Edge;
use crate::state::accounts::Page;
use crate::state::people::Person;
use crate::state::{App, World};

pub async fn get(
    State(app): State<Arc<App>>,
    Path((_version, node)): Path<(String, String)>,
    incoming: Incoming,
) -> Response {
    let (page, edge) = {
        let world = app.world();
        let own = auth::page_of(&world, &incoming, "me");
        let node = auth::page_of(&world, &incoming, &node);
        if world.pages.iter().any(|page| page.page_id == node) {
            (node, Edge::Page)
        } else {
            (own, Edge::Profile)
        }
    };
    let act = async {
        let world = app.world();
        match edge {
            Edge::Page => auth::authorise(&app, &world, &incoming, &page, &[]).map(|page| about_page(&page)),
            _ => profile(&app, &world, &incoming, &node),
        }
    };
    answer(&app, &incoming, edge, &page, act).await
}

fn about_page(page: &Page) -> Value {
    let mut body = json!({
        "id": page.page_id,
        "name": page.name,
        "tasks": ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
    });
    if let Some(ig) = &page.ig {
        body["instagram_business_account"] = json!({ "id": ig.ig_id, "username": ig.username, "name": page.name });
    }
    body
}

fn profile(app: &App, world: &World, incoming: &Incoming, igsid: &str) -> Result<Value, GraphError> {
    let token = auth::live_token(app, world, incoming)?;
    let page = world.page(&token.page_id).ok_or_else(|| auth::missing(igsid))?;
    let ig_id = page.ig.as_ref().map(|ig| ig.ig_id.as_str());
    let person = world
        .people
        .get(igsid)
        .filter(|person| Some(person.ig_id.as_str()) == ig_id);
    person
        .map(|person| about(igsid, person))
        .ok_or_else(|| auth::missing(igsid))
}

fn about(igsid: &str, person: &Person) -> Value {
    json!({
        "id": igsid,
        "name": person.handle.replace(['.', '_'], " "),
        "username": person.handle,
        "profile_pic": null,
        "follower_count": 120,
        "is_user_follow_business": true,
        "is_business_follow_user": false,
        "is_verified_user": person.business.is_some(),
    })
}
