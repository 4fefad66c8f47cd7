//! `GET /{page}/conversations`: what the account wrote to a customer lately.

use domain::time::Timestamp;
use reqwest::Method;
use serde_json::Value;

use super::client::GraphClient;
use super::keys;
use super::payload::millis;
use crate::channels::refusal::SendError;
use crate::channels::{Sender, SentMessage};
use crate::vault::Content;

/// Meta gives details of the 20 newest messages only and refuses larger pages.
const FIELDS: &str = "messages.limit(20){id,created_time,from,message}";

pub(super) async fn sent_to(
    graph: &GraphClient,
    sender: &Sender,
    recipient: &str,
) -> Result<Vec<SentMessage>, SendError> {
    let path = format!("{}/conversations", sender.ids.node);
    let query = [("platform", "instagram"), ("user_id", recipient), ("fields", FIELDS)];
    let request = graph.request(Method::GET, &path, &sender.token).query(&query);
    let answer = graph.call("conversations", request).await?;
    let threads = answer.get("data").and_then(Value::as_array).ok_or(SendError::Unknown)?;
    let messages = threads
        .iter()
        .filter_map(|thread| thread.pointer("/messages/data")?.as_array())
        .flatten();
    Ok(messages.filter_map(|message| own_message(message, sender)).collect())
}

fn own_message(message: &Value, sender: &Sender) -> Option<SentMessage> {
    let from = message.pointer("/from/id")?.as_str()?;
    if from != sender.ids.own && from != sender.ids.node {
        return None;
    }
    let created_at = created_at(message.get("created_time")?)?;
    let text = message
        .get("message")
        .and_then(Value::as_str)
        .map(|text| Content::new(text.to_owned()));
    Some(SentMessage {
        mid: keys::mid(message.get("id")?.as_str()?)?,
        created_at,
        text,
    })
}

/// `2026-11-22T09:15:25+0000`, or a number.
fn created_at(value: &Value) -> Option<Timestamp> {
    if let Some(at) = millis(value) {
        return Some(Timestamp::from_millis(at));
    }
    let text = value.as_str()?;
    let at = jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%z", text)
        .and_then(|parsed| parsed.to_timestamp())
        .or_else(|_| text.parse())
        .ok()?;
    Some(Timestamp::from_millis(at.as_millisecond()))
}
