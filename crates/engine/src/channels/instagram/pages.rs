//! Pages and the Instagram accounts linked to them, as the person who signed in sees them, and as the Page sees itself.
//!
//! Source: Meta, "Get Started" of Instagram messaging, "IG User" (2026-04-22). Pages picked in Facebook Login for Business can be
//! missing in `/me/accounts` and still be readable by their ids.

use std::collections::HashSet;

use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::client::{Caller, GraphClient};
use crate::channels::refusal::SendError;

const FIELDS: &str = "id,name,access_token,tasks,instagram_business_account{id,username,name}";
const LINK_FIELDS: &str = "name,instagram_business_account{id,username,name}";
/// Answers of `/me/accounts` that are read: 20,000 Pages. A list that never ends must not keep us.
const MOST_ANSWERS: usize = 200;
/// What sending and subscribing ask for, under its old and its new name.
const MESSAGING: [&str; 4] = [
    "MESSAGING",
    "MESSAGE",
    "PROFILE_PLUS_MESSAGING",
    "PROFILE_PLUS_FULL_CONTROL",
];

const LONGEST_ID: usize = 64;

/// A Page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the person may write messages for it.
    pub can_message: bool,
    /// Its token, if the person has one.
    pub token: Option<SecretString>,
    /// The Instagram professional account that is linked to it.
    pub instagram: Option<LinkedInstagram>,
}

/// An Instagram professional account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedInstagram {
    /// Its id.
    pub id: String,
    /// Without the @.
    pub username: String,
    /// The business's name.
    pub name: String,
}

/// All Pages of a person, to the end of the list.
pub(super) async fn all(graph: &GraphClient, user: &SecretString) -> Result<Vec<Page>, SendError> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let mut after = None::<String>;
    for _ in 0..MOST_ANSWERS {
        let mut query = vec![("fields", FIELDS), ("limit", "100")];
        query.extend(after.as_deref().map(|cursor| ("after", cursor)));
        let request = graph.request(Method::GET, "me/accounts").query(&query);
        let answer = graph.call("accounts", Caller::Token(user), request).await?;
        let data = answer.get("data").and_then(Value::as_array).ok_or(SendError::Unknown)?;
        pages.extend(data.iter().filter_map(page));
        // An answer can be empty and still have a next one.
        match next_cursor(&answer).filter(|cursor| seen.insert(cursor.clone())) {
            Some(cursor) => after = Some(cursor),
            None => return Ok(pages),
        }
    }
    Ok(pages)
}

/// Only the cursor of Meta's link: the link itself would take our token wherever it points to.
pub(super) fn next_cursor(answer: &Value) -> Option<String> {
    let next = answer.pointer("/paging/next")?.as_str()?;
    let after = Url::parse(next).ok()?;
    let from_link = after.query_pairs().find(|(name, _)| name == "after");
    from_link.map(|(_, cursor)| cursor.into_owned()).or_else(|| {
        let cursor = answer.pointer("/paging/cursors/after")?.as_str()?;
        Some(cursor.to_owned())
    })
}

/// One Page by its id, with its token.
pub(super) async fn one(graph: &GraphClient, user: &SecretString, id: &str) -> Result<Page, SendError> {
    let request = graph.request(Method::GET, id).query(&[("fields", FIELDS)]);
    let answer = graph.call("page", Caller::Token(user), request).await?;
    page(&answer).ok_or(SendError::Unknown)
}

/// What the Page itself says it is linked to.
pub(super) async fn link(
    graph: &GraphClient,
    page_token: &SecretString,
    id: &str,
) -> Result<(String, Option<LinkedInstagram>), SendError> {
    let request = graph.request(Method::GET, id).query(&[("fields", LINK_FIELDS)]);
    let answer = graph.call("page", Caller::Token(page_token), request).await?;
    let name = answer.get("name").and_then(Value::as_str).unwrap_or_default();
    Ok((name.to_owned(), linked(&answer)))
}

fn page(value: &Value) -> Option<Page> {
    let tasks = value.get("tasks").and_then(Value::as_array);
    let can_message = tasks.is_none_or(|tasks| {
        let mut names = tasks.iter().filter_map(Value::as_str);
        names.any(|name| MESSAGING.contains(&name))
    });
    Some(Page {
        id: id(value)?,
        name: text(value, "name"),
        can_message,
        token: value
            .get("access_token")
            .and_then(Value::as_str)
            .map(SecretString::from),
        instagram: linked(value),
    })
}

fn linked(value: &Value) -> Option<LinkedInstagram> {
    let account = value.get("instagram_business_account")?;
    let id = id(account)?;
    let username = Some(text(account, "username")).filter(|name| !name.is_empty());
    Some(LinkedInstagram {
        username: username.unwrap_or_else(|| id.clone()),
        name: text(account, "name"),
        id,
    })
}

/// Meta's ids come as text or as numbers. Only letters and digits: they become parts of addresses.
pub(super) fn id(value: &Value) -> Option<String> {
    let id = match value.get("id")? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    is_id(&id).then_some(id)
}

/// 1 to 64 letters and digits.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
