//! `GET /debug_token`: whether a token works, until when, and what it may do. Meta does not tell when one dies.

use domain::time::Timestamp;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::client::{Caller, GraphClient};
use super::errors::{GraphError, classify};
use super::payload::millis;
use crate::channels::refusal::{Refusal, RefusalClass, SendError};
use crate::channels::{Sender, TokenCheck};

/// What Meta says about a living token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// The app-scoped id of the person behind it.
    pub user_id: Option<String>,
    /// When it expires; `None`: no end.
    pub expires_at: Option<Timestamp>,
    /// When data access ends; `None`: no date.
    pub data_access_expires_at: Option<Timestamp>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// The Pages that were ticked, when Meta names them.
    pub pages: Vec<String>,
}

/// What Meta says about a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inspected {
    /// It works.
    Valid(Inspection),
    /// It does not, and why.
    Invalid(Refusal),
}

pub(super) async fn check(graph: &GraphClient, sender: &Sender) -> Result<TokenCheck, SendError> {
    Ok(match inspect(graph, &sender.token).await? {
        Inspected::Valid(inspection) => TokenCheck::Valid {
            expires_at: inspection.expires_at,
            data_access_expires_at: inspection.data_access_expires_at,
        },
        Inspected::Invalid(refusal) => TokenCheck::Invalid(refusal),
    })
}

pub(super) async fn inspect(graph: &GraphClient, token: &SecretString) -> Result<Inspected, SendError> {
    // The inspected token must be a parameter; this URL is never logged.
    let query = [("input_token", token.expose_secret())];
    let request = graph.request(Method::GET, "debug_token").query(&query);
    let answer = graph.call("debug_token", Caller::App, request).await?;
    let data = answer.get("data").ok_or(SendError::Unknown)?;
    if data.get("is_valid").and_then(Value::as_bool) == Some(true) {
        return Ok(Inspected::Valid(inspection(data)));
    }
    let error = data.get("error").map(GraphError::read).unwrap_or_default();
    let found = classify("debug_token", 400, error.code, error.subcode, false, None);
    Ok(Inspected::Invalid(Refusal {
        class: RefusalClass::TokenDead,
        ..found
    }))
}

fn inspection(data: &Value) -> Inspection {
    let date = |name: &str| data.get(name).and_then(millis).map(Timestamp::from_millis);
    let user_id = match data.get("user_id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    Inspection {
        user_id,
        expires_at: date("expires_at"),
        data_access_expires_at: date("data_access_expires_at"),
        scopes: names(data.get("scopes")),
        pages: ticked_pages(data),
    }
}

/// Scopes of Pages name Pages. Without `target_ids` a scope holds for all of them, and says nothing here.
fn ticked_pages(data: &Value) -> Vec<String> {
    let scopes = data.get("granular_scopes").and_then(Value::as_array);
    let of_pages = scopes.into_iter().flatten().filter(|entry| {
        let scope = entry.get("scope").and_then(Value::as_str).unwrap_or_default();
        matches!(scope, "pages_show_list" | "pages_messaging" | "pages_manage_metadata")
    });
    let mut pages: Vec<String> = of_pages.flat_map(|entry| names(entry.get("target_ids"))).collect();
    pages.sort();
    pages.dedup();
    pages
}

fn names(list: Option<&Value>) -> Vec<String> {
    let values = list.and_then(Value::as_array).into_iter().flatten();
    values
        .filter_map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}
