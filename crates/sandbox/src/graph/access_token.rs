//! `/oauth/access_token`: a code becomes a token of about an hour, and that one of about sixty days. Each code works once.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::call::{Incoming, answer};
use super::error::GraphError;
use crate::faults::Edge;
use crate::faults::answer::dead_token;
use crate::state::accounts::{Token, TokenKind};
use crate::state::world::World;
use crate::state::{App, ids};

/// How long a code can be exchanged.
const CODE_LIFE_MS: i64 = 10 * 60 * 1_000;

/// Parameters in the query.
pub async fn get(State(app): State<Arc<App>>, incoming: Incoming) -> Response {
    let fields = incoming.query.clone();
    let act = async { app.change(|world| exchange(&app, world, &fields)) };
    answer(&app, &incoming, Edge::AccessToken, "", act).await
}

/// Parameters in the body.
pub async fn post(State(app): State<Arc<App>>, incoming: Incoming, body: Bytes) -> Response {
    let fields = url::form_urlencoded::parse(&body).into_owned().collect();
    let act = async { app.change(|world| exchange(&app, world, &fields)) };
    answer(&app, &incoming, Edge::AccessToken, "", act).await
}

type Fields = HashMap<String, String>;

fn exchange(app: &App, world: &mut World, fields: &Fields) -> Result<Value, GraphError> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    if field("client_id") != app.config.app_id {
        return Err(GraphError::new(
            400,
            101,
            "Error validating application. Cannot get application info due to a system error.",
        ));
    }
    if field("client_secret") != world.app_secret {
        return Err(GraphError::new(400, 1, "Error validating client secret."));
    }
    if field("grant_type") == "fb_exchange_token" {
        return extend_token(world, field("fb_exchange_token"));
    }
    exchange_code(world, field("code"), field("redirect_uri"))
}

fn exchange_code(world: &mut World, code: &str, redirect_uri: &str) -> Result<Value, GraphError> {
    let now_ms = world.now_ms();
    let code = world.facebook.codes.get_mut(code);
    let code = code.ok_or_else(|| GraphError::new(400, 100, "Invalid verification code format."))?;
    if code.used {
        let message = "This authorization code has been used.";
        return Err(GraphError::new(400, 100, message).subcode(36_009));
    }
    if code.issued_at_ms + CODE_LIFE_MS < now_ms {
        return Err(GraphError::new(400, 100, "This authorization code has expired.").subcode(36_007));
    }
    if code.redirect_uri != redirect_uri {
        let message = "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request";
        return Err(GraphError::new(400, 100, message).subcode(36_008));
    }
    code.used = true;
    let user_id = code.user_id.clone();
    let scopes = world.facebook.grants.get(&user_id).map(|grant| grant.scopes.clone());
    let token = Token::of_person(
        &user_id,
        &scopes.unwrap_or_default(),
        TokenKind::ShortUser,
        now_ms / 1000,
    );
    Ok(hand_out(world, token))
}

fn extend_token(world: &mut World, short: &str) -> Result<Value, GraphError> {
    let now = world.now_ms() / 1000;
    let Some(token) = world.tokens.get(short) else {
        return Err(GraphError::new(
            400,
            190,
            "Invalid OAuth access token - Cannot parse access token",
        ));
    };
    if let Some(subcode) = token.dead_at(now) {
        return Err(dead_token(subcode));
    }
    let long = Token {
        data_access_expires_at: token.data_access_expires_at,
        ..Token::of_person(&token.user_id, &token.scopes, TokenKind::LongUser, now)
    };
    Ok(hand_out(world, long))
}

fn hand_out(world: &mut World, token: Token) -> Value {
    let value = ids::user_token();
    let expires_in = token.expires_at - token.issued_at;
    world.tokens.insert(value.clone(), token);
    json!({ "access_token": value, "token_type": "bearer", "expires_in": expires_in })
}
