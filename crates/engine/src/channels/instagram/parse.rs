//! From the bytes of a delivery to events, event by event: whatever stands in one never changes what becomes of its neighbours.

use domain::time::Timestamp;
use sha2::{Digest, Sha256};

use super::fields::Fields;
use super::messaging::{self, Reading};
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

/// Events without a readable time happened `now`.
pub(super) fn delivery(body: &[u8], vault: &Vault, now: Timestamp) -> Delivery {
    let mut delivery = Delivery::default();
    let text = repair::text(body);
    let Some(envelope) = Fields::read(&text) else {
        delivery.counted.push(unknown_form(&text, body));
        return delivery;
    };
    let object = envelope.text("object").unwrap_or_default();
    match envelope.list("entry") {
        Some(entries) if object.eq_ignore_ascii_case("instagram") => {
            for entry in entries {
                read_entry(entry, &mut delivery, vault, now);
            }
        }
        _ => delivery.counted.push(bare_event(&envelope)),
    }
    delivery
}

fn unknown_form(text: &str, body: &[u8]) -> CountedKind {
    if serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok() {
        return CountedKind::OtherObject;
    }
    let (bytes, sha256) = (body.len(), hex::encode(Sha256::digest(body)));
    tracing::error!(bytes, sha256, "a signed delivery is no JSON: what it told is lost");
    CountedKind::NotJson
}

/// One form of the dashboard's test has no envelope: `{"field": "messages", "value": {…}}`.
fn bare_event(envelope: &Fields<'_>) -> CountedKind {
    match is_messaging_field(envelope) {
        true => CountedKind::TestEvent,
        false => CountedKind::OtherObject,
    }
}

fn is_messaging_field(fields: &Fields<'_>) -> bool {
    let field = fields.text("field").unwrap_or_default();
    MESSAGING_FIELDS.contains(&field.as_str())
}

fn read_entry(json: &str, delivery: &mut Delivery, vault: &Vault, now: Timestamp) {
    let Some(fields) = Fields::read(json) else {
        delivery.counted.push(CountedKind::Malformed);
        return;
    };
    let changes = fields.list("changes").unwrap_or_default();
    delivery.counted.extend(changes.into_iter().map(changed_field));
    let entry = Entry::read(&fields);
    let standby = fields.list("standby").unwrap_or_default();
    // What is no list is one event that cannot be read.
    let single = || fields.raw("messaging").into_iter().collect();
    let messaging = fields.list("messaging").unwrap_or_else(single);
    if entry.id == TEST_ENTRY {
        let events = messaging.iter().chain(&standby);
        delivery.counted.extend(events.map(|_| CountedKind::TestEvent));
        return;
    }
    delivery.counted.extend(standby.iter().map(|_| CountedKind::Standby));
    let reading = Reading {
        entry: &entry,
        vault,
        now,
    };
    for json in messaging {
        match messaging::event(&reading, json) {
            Ok(event) => delivery.events.push(event),
            Err(kind) => delivery.counted.push(kind),
        }
    }
}

fn changed_field(json: &str) -> CountedKind {
    match Fields::read(json).is_some_and(|change| is_messaging_field(&change)) {
        true => CountedKind::TestEvent,
        false => CountedKind::OtherField,
    }
}
