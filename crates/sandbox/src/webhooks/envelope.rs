//! The body of one POST: events grouped into entries, written in the escaped form Meta signs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::event::{Event, Slot};

/// Neighbouring events of the same account and array share an entry.
pub fn body(events: &[Event], now_ms: i64) -> Vec<u8> {
    let mut entries: Vec<Value> = Vec::new();
    let mut last: Option<(&str, Slot)> = None;
    for event in events {
        let place = (event.ig_id.as_str(), event.slot);
        if last == Some(place)
            && let Some(list) = entries
                .last_mut()
                .and_then(|entry| entry[event.slot.name()].as_array_mut())
        {
            list.push(event.value.clone());
            continue;
        }
        // Milliseconds with messaging, seconds with changes.
        let time = if event.slot == Slot::Changes {
            now_ms / 1000
        } else {
            now_ms
        };
        entries.push(json!({ "id": event.ig_id, "time": time, event.slot.name(): [event.value] }));
        last = Some(place);
    }
    escape(&json!({ "object": "instagram", "entry": entries }).to_string()).into_bytes()
}

/// Everything beyond ASCII as lower-case `\uXXXX` of its UTF-16 units, `/` as `\/`.
pub fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut units = [0_u16; 2];
    for character in json.chars() {
        match character {
            '/' => escaped.push_str("\\/"),
            ascii if ascii.is_ascii() => escaped.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut units) {
                    // Writing to a String cannot fail.
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
    }
    escaped
}
