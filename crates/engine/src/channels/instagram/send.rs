//! `POST /{page}/messages`.

use reqwest::Method;
use serde_json::{Value, json};

use super::client::GraphClient;
use super::keys;
use crate::channels::Sender;
use crate::channels::refusal::SendError;
use crate::vault::Content;

pub(super) async fn text(
    graph: &GraphClient,
    sender: &Sender,
    recipient: &str,
    text: &Content,
) -> Result<String, SendError> {
    let body = json!({
        "recipient": { "id": recipient },
        "messaging_type": "RESPONSE",
        "message": { "text": text.expose() },
    });
    let path = format!("{}/messages", sender.ids.node);
    let request = graph.request(Method::POST, &path, &sender.token).json(&body);
    let answer = graph.call("send", request).await?;
    // Accepted without an id: only the echo or the conversation can tell which message it became.
    answer
        .get("message_id")
        .and_then(Value::as_str)
        .and_then(keys::mid)
        .ok_or(SendError::Unknown)
}
