//! Who a customer is, as Instagram says now.
//!
//! Source: Meta, "User Profile API" of Instagram messaging (2026-04-22): it needs `pages_read_engagement` and answers for customers who
//! wrote to the account; name and user name may be missing.

use reqwest::Method;
use serde_json::Value;

use super::client::{Caller, GraphClient};
use super::pages::is_id;
use crate::channels::refusal::SendError;
use crate::channels::{Profile, Sender};

const FIELDS: &str = "name,username";
/// Longer than any name of a person or user name.
const LONGEST: usize = 100;

pub(super) async fn read(graph: &GraphClient, sender: &Sender, customer: &str) -> Result<Profile, SendError> {
    if !is_id(customer) {
        return Err(SendError::NotSent);
    }
    let request = graph.request(Method::GET, customer).query(&[("fields", FIELDS)]);
    let answer = graph.call("profile", Caller::Token(&sender.token), request).await?;
    Ok(Profile {
        username: text(&answer, "username").filter(|name| is_username(name)),
        name: text(&answer, "name"),
    })
}

fn text(answer: &Value, field: &str) -> Option<String> {
    let text = answer.get(field)?.as_str()?.trim();
    let is_name = !text.is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    is_name.then(|| text.to_owned())
}

/// It becomes part of an address.
fn is_username(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_')
}
