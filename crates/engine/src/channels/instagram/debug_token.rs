//! `GET /debug_token`: whether a token works. Meta does not tell when one dies.

use domain::time::Timestamp;
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::client::GraphClient;
use super::errors::{GraphError, classify};
use super::payload::millis;
use crate::channels::refusal::{Refusal, RefusalClass, SendError};
use crate::channels::{Sender, TokenCheck};

pub(super) async fn check(graph: &GraphClient, sender: &Sender) -> Result<TokenCheck, SendError> {
    // The inspected token must be a parameter; this URL is never logged.
    let query = [("input_token", sender.token.expose_secret())];
    let request = graph
        .request(Method::GET, "debug_token", &graph.app_token())
        .query(&query);
    let answer = graph.call("debug_token", request).await?;
    let data = answer.get("data").ok_or(SendError::Unknown)?;
    if data.get("is_valid").and_then(Value::as_bool) == Some(true) {
        let date = |name: &str| data.get(name).and_then(millis).map(Timestamp::from_millis);
        return Ok(TokenCheck::Valid {
            expires_at: date("expires_at"),
            data_access_expires_at: date("data_access_expires_at"),
        });
    }
    let error = data.get("error").map(GraphError::read).unwrap_or_default();
    let found = classify("debug_token", 400, error.code, error.subcode, false, None);
    Ok(TokenCheck::Invalid(Refusal {
        class: RefusalClass::TokenDead,
        ..found
    }))
}
