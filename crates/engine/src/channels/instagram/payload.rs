//! The shapes of Meta's webhook JSON, as far as we read them. Unknown fields are ignored, ids may be strings or numbers.
//!
//! An event has a key by which a repetition is recognised, per account. Where content would be needed to tell two events apart, the
//! key holds a keyed digest of it, never a plain hash.
//!
//! Source: Meta, "Webhooks for Messenger Platform: Instagram", and the samples in docs/meta-cases.md.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::channels::event::TAKEN_BACK;
use crate::vault::Vault;

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
    #[serde(default)]
    pub(super) is_self: bool,
    pub(super) message: Option<Message>,
    pub(super) postback: Option<Postback>,
    pub(super) reaction: Option<Reaction>,
    pub(super) read: Option<Read>,
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
    #[serde(default)]
    pub(super) is_echo: bool,
    #[serde(default)]
    pub(super) is_self: bool,
    #[serde(default)]
    pub(super) is_deleted: bool,
    #[serde(default)]
    pub(super) is_unsupported: bool,
    #[serde(default, deserialize_with = "list")]
    pub(super) attachments: Vec<Value>,
    pub(super) quick_reply: Option<Value>,
    pub(super) reply_to: Option<ReplyTo>,
}

impl Message {
    pub(super) fn key(&self) -> String {
        let kind = if self.is_deleted { TAKEN_BACK } else { "msg:" };
        format!("{kind}{}", self.mid)
    }
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

impl Postback {
    pub(super) fn key(&self, sender: &str, millis: i64, vault: &Vault) -> String {
        if let Some(mid) = &self.mid {
            return format!("pb:{mid}");
        }
        let payload = self.payload.as_deref().or(self.title.as_deref()).unwrap_or_default();
        format!("pb:{sender}:{millis}:{}", vault.digest("postback", payload.as_bytes()))
    }
}

#[derive(Deserialize)]
pub(super) struct Reaction {
    #[serde(default)]
    mid: String,
    #[serde(default)]
    action: String,
}

impl Reaction {
    pub(super) fn key(&self, sender: &str, millis: i64) -> String {
        format!("rx:{}:{sender}:{}:{millis}", self.mid, self.action)
    }
}

#[derive(Deserialize)]
pub(super) struct Read {
    #[serde(default)]
    mid: String,
}

impl Read {
    pub(super) fn key(&self, sender: &str) -> String {
        format!("rd:{}:{sender}", self.mid)
    }
}

#[derive(Deserialize)]
pub(super) struct Referral {
    #[serde(rename = "ref")]
    reference: Option<String>,
}

impl Referral {
    pub(super) fn key(&self, sender: &str, millis: i64, vault: &Vault) -> String {
        let reference = self.reference.as_deref().unwrap_or_default();
        format!(
            "rf:{sender}:{millis}:{}",
            vault.digest("referral", reference.as_bytes())
        )
    }
}

#[derive(Deserialize)]
pub(super) struct Edit {
    #[serde(default)]
    mid: String,
    #[serde(default)]
    num_edit: Value,
}

impl Edit {
    pub(super) fn key(&self) -> String {
        format!("edit:{}:{}", self.mid, self.num_edit.to_string().trim_matches('"'))
    }
}

/// The key of an event that names no message.
pub(super) fn plain_key(kind: &str, sender: &str, millis: i64) -> String {
    format!("{kind}:{sender}:{millis}")
}

/// Ids are opaque; the documentation shows them as strings and as numbers.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
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
