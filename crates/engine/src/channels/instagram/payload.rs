//! The shapes of Meta's webhook JSON, as far as we read them.
//!
//! Source: Meta, "Webhooks for Messenger Platform: Instagram", and the samples in docs/meta-cases.md.

use serde_json::Value;

use super::fields::Fields;

/// What stands around the events of an entry.
pub(super) struct Entry {
    /// Empty when it cannot be read.
    pub(super) id: String,
    pub(super) time: Option<i64>,
}

impl Entry {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            id: fields.id("id").unwrap_or_default(),
            time: fields.millis("time"),
        }
    }
}

pub(super) struct Message {
    /// Empty when it cannot be read.
    pub(super) mid: String,
    pub(super) text: Option<String>,
    pub(super) is_echo: bool,
    pub(super) is_self: bool,
    pub(super) is_deleted: bool,
    pub(super) is_unsupported: bool,
    pub(super) has_attachments: bool,
    /// Those that name their type.
    pub(super) attachment_types: Vec<String>,
    pub(super) is_quick_reply: bool,
    pub(super) is_story_reply: bool,
}

impl Message {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        let attachments = fields.list("attachments");
        let is_list = attachments.is_some();
        let attachments = attachments.unwrap_or_default();
        let types = attachments.iter().filter_map(|one| Fields::read(one)?.text("type"));
        Self {
            mid: fields.id("mid").unwrap_or_default(),
            text: fields.text("text").map(without_nul),
            is_echo: fields.flag("is_echo"),
            is_self: fields.flag("is_self"),
            is_deleted: fields.flag("is_deleted"),
            is_unsupported: fields.flag("is_unsupported"),
            attachment_types: types.collect(),
            has_attachments: !attachments.is_empty() || (fields.has("attachments") && !is_list),
            is_quick_reply: fields.has("quick_reply"),
            is_story_reply: fields.object("reply_to").is_some_and(|reply_to| reply_to.has("story")),
        }
    }
}

pub(super) struct Postback {
    pub(super) mid: Option<String>,
    pub(super) title: Option<String>,
    pub(super) payload: Option<String>,
}

impl Postback {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            mid: fields.id("mid"),
            title: fields.text("title").map(without_nul),
            payload: fields.text("payload"),
        }
    }
}

/// PostgreSQL holds no NUL in a text.
fn without_nul(text: String) -> String {
    match text.contains('\0') {
        true => text.replace('\0', "\u{fffd}"),
        false => text,
    }
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
