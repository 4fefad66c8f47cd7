//! Who is calling: token, proof, Page and scopes, refused in the order and words Meta uses.

use super::call::Incoming;
use super::error::GraphError;
use super::proof;
use crate::faults::answer::dead_token;
use crate::state::App;
use crate::state::accounts::{Page, Token, TokenKind};
use crate::state::world::World;

/// The Page a path node stands for; `me` is the token's own. Unknown nodes stay as they are.
pub fn page_of(world: &World, incoming: &Incoming, node: &str) -> String {
    if node != "me" {
        return node.to_owned();
    }
    let token = incoming.token.as_ref().and_then(|token| world.tokens.get(token));
    token.map_or_else(|| node.to_owned(), |token| token.page_id.clone())
}

/// Checks the token for a call on `page_id` that needs `scopes`.
pub fn authorise(
    app: &App,
    world: &World,
    incoming: &Incoming,
    page_id: &str,
    scopes: &[&str],
) -> Result<Page, GraphError> {
    let token = live_token(app, world, incoming)?;
    let page = world.pages.iter().find(|page| page.page_id == page_id);
    let page = page
        .filter(|page| page.page_id == token.page_id)
        .ok_or_else(|| missing(page_id))?;
    for scope in scopes {
        if !token.scopes.iter().any(|held| held == scope) {
            let message = format!("(#200) Requires {scope} permission to manage the object.");
            return Err(GraphError::new(403, 200, message));
        }
    }
    Ok(page.clone())
}

/// A known token that is not dead, with the proof if it is required.
pub fn live_token<'w>(app: &App, world: &'w World, incoming: &Incoming) -> Result<&'w Token, GraphError> {
    let Some(value) = &incoming.token else {
        let message = "An active access token must be used to query information about the current user.";
        return Err(GraphError::new(400, 2500, message));
    };
    let Some(token) = world.tokens.get(value) else {
        let message = "Invalid OAuth access token - Cannot parse access token";
        return Err(GraphError::new(400, 190, message));
    };
    match incoming.param("appsecret_proof") {
        Some(given) if !proof::matches(&world.app_secret, value, given) => {
            let message = "Invalid appsecret_proof provided in the API argument";
            return Err(GraphError::new(400, 100, message));
        }
        None if app.config.require_proof => {
            let message = "API calls from the server require an appsecret_proof argument";
            return Err(GraphError::new(400, 100, message));
        }
        _ => {}
    }
    match token.dead_at(world.now_ms() / 1000) {
        Some(subcode) => Err(dead_token(subcode)),
        None => Ok(token),
    }
}

/// A living token of a person, by its value.
pub fn person<'w>(app: &App, world: &'w World, incoming: &'w Incoming) -> Result<(&'w str, &'w Token), GraphError> {
    let token = live_token(app, world, incoming)?;
    if token.kind == TokenKind::Page {
        let message = "(#102) A user access token is required to request this resource.";
        return Err(GraphError::new(400, 102, message));
    }
    Ok((incoming.token.as_deref().unwrap_or_default(), token))
}

/// Meta does not tell "not there" from "not yours".
pub fn missing(id: &str) -> GraphError {
    let message = format!(
        "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
    );
    GraphError::new(400, 100, message).subcode(33)
}
