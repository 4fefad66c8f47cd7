//! The shapes of Meta's webhook JSON, as far as we read them. Unknown fields are ignored, ids may be strings or numbers.
//!
//! Source: Meta, "Webhooks for Messenger Platform: Instagram", and the samples in docs/meta-cases.md.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Entry {
    #[serde(default, deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) time: Value,
    #[serde(default, deserialize_with = "list")]
    pub(super) messaging: Vec<Value>,
    #[serde(default, deserialize_with = "list")]
    pub(super) standby: Vec<Value>,
    #[serde(default, deserialize_with = "list")]
    pub(super) changes: Vec<Value>,
}

#[derive(Deserialize)]
pub(super) struct Messaging {
    #[serde(default)]
    pub(super) sender: Party,
    #[serde(default)]
    pub(super) recipient: Party,
    #[serde(default)]
    pub(super) timestamp: Value,
    #[serde(default, deserialize_with = "flag")]
    pub(super) is_self: bool,
    pub(super) message: Option<Message>,
    pub(super) postback: Option<Postback>,
    pub(super) reaction: Option<Reaction>,
    pub(super) read: Option<Mid>,
    pub(super) referral: Option<Referral>,
    pub(super) message_edit: Option<Edit>,
    pub(super) optin: Option<Value>,
    pub(super) pass_thread_control: Option<Value>,
    pub(super) take_thread_control: Option<Value>,
    pub(super) request_thread_control: Option<Value>,
}

#[derive(Deserialize, Default)]
pub(super) struct Party {
    #[serde(default, deserialize_with = "id")]
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(default)]
    pub(super) mid: String,
    pub(super) text: Option<String>,
    #[serde(default, deserialize_with = "flag")]
    pub(super) is_echo: bool,
    #[serde(default, deserialize_with = "flag")]
    pub(super) is_self: bool,
    #[serde(default, deserialize_with = "flag")]
    pub(super) is_deleted: bool,
    #[serde(default, deserialize_with = "flag")]
    pub(super) is_unsupported: bool,
    #[serde(default, deserialize_with = "list")]
    pub(super) attachments: Vec<Value>,
    pub(super) quick_reply: Option<Value>,
    pub(super) reply_to: Option<ReplyTo>,
}

#[derive(Deserialize)]
pub(super) struct ReplyTo {
    pub(super) story: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct Postback {
    pub(super) mid: Option<String>,
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) payload: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Reaction {
    #[serde(default)]
    pub(super) mid: String,
    #[serde(default)]
    pub(super) action: String,
}

#[derive(Deserialize)]
pub(super) struct Mid {
    #[serde(default)]
    pub(super) mid: String,
}

#[derive(Deserialize)]
pub(super) struct Referral {
    #[serde(rename = "ref")]
    pub(super) reference: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Edit {
    #[serde(default)]
    pub(super) mid: String,
    #[serde(default)]
    pub(super) num_edit: Value,
}

/// Ids are opaque; the documentation shows them as strings and as numbers.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    })
}

/// A truth value, which Meta's page of samples also shows as text. Anything else is as if it were not there: an odd flag must not
/// cost the event that it stands in.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(flag) => flag,
        Value::String(text) => text == "1" || text.eq_ignore_ascii_case("true"),
        Value::Number(number) => number.as_i64() == Some(1),
        _ => false,
    })
}

/// A list that may be `null`.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Milliseconds, or seconds (below 10^11, also as text: the dashboard's test events), or nothing usable.
pub(super) fn millis(value: &Value) -> Option<i64> {
    const SMALLEST_MILLIS: i64 = 100_000_000_000;
    let number = match value {
        Value::Number(number) => number.as_i64()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    match number {
        ..=0 => None,
        1..SMALLEST_MILLIS => number.checked_mul(1000),
        _ => Some(number),
    }
}
