//! `/{page}/subscribed_apps`: which events of a Page reach us.
//!
//! The names are the Page's, not Instagram's: `message_reads`, not `messaging_seen`. One name that is unknown or not allowed makes
//! Meta refuse the whole list, so that shorter lists are tried. A POST replaces the list, and its 200 is no proof: it is read back.
//! Source: Meta, "Page subscribed_apps"; docs/meta-app.md.

use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;

use super::client::{Caller, GraphClient};
use super::pages;
use crate::channels::refusal::{RefusalClass, SendError};

const WANTED: [&str; 7] = [
    "messages",
    "messaging_postbacks",
    "message_reactions",
    "message_reads",
    "messaging_referrals",
    "standby",
    "messaging_handovers",
];
/// From everything to what replies cannot do without.
const LISTS: [&[&str]; 3] = [&WANTED, &["messages", "messaging_postbacks"], &["messages"]];

/// What a Page sends us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Read back from Meta.
    pub fields: Vec<String>,
    /// Asked for and not given.
    pub refused: Vec<String>,
}

impl Subscription {
    /// DMs arrive.
    #[must_use]
    pub fn brings_messages(&self) -> bool {
        self.fields.iter().any(|field| field == "messages")
    }

    fn of(fields: Vec<String>) -> Self {
        let missing = |name: &&str| !fields.iter().any(|field| field == *name);
        let refused = WANTED.iter().copied().filter(missing).map(str::to_owned).collect();
        Self { fields, refused }
    }
}

/// Subscribes to as much as Meta allows, and reads back what that is.
pub(super) async fn subscribe(
    graph: &GraphClient,
    token: &SecretString,
    page: &str,
) -> Result<Subscription, SendError> {
    for (index, list) in LISTS.iter().enumerate() {
        let path = format!("{page}/subscribed_apps");
        let form = [("subscribed_fields", list.join(","))];
        let request = graph.request(Method::POST, &path).form(&form);
        match graph.call("subscribed_apps", Caller::Token(token), request).await {
            Ok(_) => break,
            Err(SendError::Refused(refusal)) if is_about_names(refusal.class) => {
                if index + 1 == LISTS.len() {
                    return Ok(Subscription::of(Vec::new()));
                }
            }
            Err(error) => return Err(error),
        }
    }
    read(graph, token, page).await
}

const fn is_about_names(class: RefusalClass) -> bool {
    matches!(class, RefusalClass::BadRequest | RefusalClass::PermissionMissing)
}

pub(super) async fn read(graph: &GraphClient, token: &SecretString, page: &str) -> Result<Subscription, SendError> {
    let path = format!("{page}/subscribed_apps");
    let request = graph.request(Method::GET, &path);
    let answer = graph.call("subscribed_apps", Caller::Token(token), request).await?;
    let apps = answer.get("data").and_then(Value::as_array).ok_or(SendError::Unknown)?;
    let ours = apps
        .iter()
        .find(|app| pages::id(app).as_deref() == Some(graph.settings().app_id.as_str()));
    let fields = ours.and_then(|app| app.get("subscribed_fields")?.as_array());
    let names = fields.into_iter().flatten().filter_map(|field| {
        // Names, or objects that carry one.
        let name = field.as_str().or_else(|| field.get("name")?.as_str())?;
        Some(name.to_owned())
    });
    Ok(Subscription::of(names.collect()))
}

pub(super) async fn unsubscribe(graph: &GraphClient, token: &SecretString, page: &str) -> Result<(), SendError> {
    let path = format!("{page}/subscribed_apps");
    let request = graph.request(Method::DELETE, &path);
    graph
        .call("subscribed_apps", Caller::Token(token), request)
        .await
        .map(drop)
}
