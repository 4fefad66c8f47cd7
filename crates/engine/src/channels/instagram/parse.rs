//! From the bytes of a delivery to events. One strange event never spoils its neighbours.

use serde::Deserialize;
use serde_json::Value;

use super::messaging;
use super::payload::Entry;
use super::repair;
use crate::channels::event::{CountedKind, Delivery};
use crate::vault::Vault;

/// Fields whose `changes[]` form is only sent by the dashboard's test button.
const MESSAGING_FIELDS: [&str; 7] = [
    "messages",
    "messaging_postbacks",
    "message_reactions",
    "messaging_seen",
    "messaging_referral",
    "standby",
    "message_edit",
];

/// `entry.id` of the dashboard's test events.
const TEST_ENTRY: &str = "0";

pub(super) fn delivery(body: &[u8], vault: &Vault) -> Delivery {
    let mut delivery = Delivery::default();
    match serde_json::from_slice::<Value>(body).or_else(|_| serde_json::from_str(&repair::text(body))) {
        Ok(Value::Object(mut envelope)) => {
            let ours = envelope
                .get("object")
                .and_then(Value::as_str)
                .is_some_and(|name| name.eq_ignore_ascii_case("instagram"));
            match envelope.remove("entry") {
                Some(Value::Array(entries)) if ours => entries
                    .into_iter()
                    .for_each(|entry| read_entry(entry, &mut delivery, vault)),
                _ => delivery.counted.push(bare_event(&envelope)),
            }
        }
        Ok(_) => delivery.counted.push(CountedKind::OtherObject),
        Err(_) => delivery.counted.push(CountedKind::NotJson),
    }
    delivery
}

/// One form of the dashboard's test has no envelope: `{"field": "messages", "value": {…}}`.
fn bare_event(envelope: &serde_json::Map<String, Value>) -> CountedKind {
    let field = envelope.get("field").and_then(Value::as_str).unwrap_or_default();
    if MESSAGING_FIELDS.contains(&field) {
        CountedKind::TestEvent
    } else {
        CountedKind::OtherObject
    }
}

fn read_entry(value: Value, delivery: &mut Delivery, vault: &Vault) {
    let Ok(entry) = Entry::deserialize(value) else {
        delivery.counted.push(CountedKind::Malformed);
        return;
    };
    for change in &entry.changes {
        delivery.counted.push(changed_field(change));
    }
    if entry.id == TEST_ENTRY {
        delivery.counted.extend(
            entry
                .messaging
                .iter()
                .chain(&entry.standby)
                .map(|_| CountedKind::TestEvent),
        );
        return;
    }
    for value in entry.messaging {
        match messaging::event(&entry.id, &entry.time, value, vault) {
            Ok(event) => delivery.events.push(event),
            Err(kind) => delivery.counted.push(kind),
        }
    }
    delivery
        .counted
        .extend(entry.standby.iter().map(|_| CountedKind::Standby));
}

fn changed_field(change: &Value) -> CountedKind {
    let field = change.get("field").and_then(Value::as_str).unwrap_or_default();
    if MESSAGING_FIELDS.contains(&field) {
        CountedKind::TestEvent
    } else {
        CountedKind::OtherField
    }
}
