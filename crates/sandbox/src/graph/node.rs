//! `GET /{id}`: a Page, or the profile of a customer.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::auth;
use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::Edge;
use crate::state::App;
use crate::state::accounts::{Page, TokenKind};
use crate::state::people::Person;
use crate::state::world::World;

/// Answers for a Page or for a customer's profile.
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
            Edge::Page if is_person(&world, &incoming) => {
                drop(world);
                app.change(|world| page_of_person(&app, world, &incoming, &page))
            }
            Edge::Page => auth::authorise(&app, &world, &incoming, &page, &[]).map(|page| about_page(&page)),
            _ if node == "me" => auth::person(&app, &world, &incoming)
                .map(|(_, token)| json!({ "id": token.user_id, "name": "Robin Sandbox" })),
            _ => profile(&app, &world, &incoming, &node),
        }
    };
    answer(&app, &incoming, edge, &page, act).await
}

fn is_person(world: &World, incoming: &Incoming) -> bool {
    let token = incoming.token.as_ref().and_then(|token| world.tokens.get(token));
    token.is_some_and(|token| token.kind != TokenKind::Page)
}

/// A Page as one of its people sees it: with its token, when that is asked for.
fn page_of_person(app: &App, world: &mut World, incoming: &Incoming, page_id: &str) -> Result<Value, GraphError> {
    let (value, user_id) =
        auth::person(app, world, incoming).map(|(value, token)| (value.to_owned(), token.user_id.clone()))?;
    if !world.is_granted(&user_id, page_id) {
        return Err(auth::missing(page_id));
    }
    let page = world.page(page_id).cloned().ok_or_else(|| auth::missing(page_id))?;
    let mut body = about_page(&page);
    if incoming
        .param("fields")
        .is_some_and(|fields| fields.contains("access_token"))
    {
        body["access_token"] = world.page_token_for(&value, page_id).into();
    }
    Ok(body)
}

/// The fields of a Page.
pub fn about_page(page: &Page) -> Value {
    let mut body = json!({
        "id": page.page_id,
        "name": page.name,
        "tasks": page.tasks,
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
