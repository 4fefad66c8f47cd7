//! Whatever stands in one event of a delivery, its neighbours are read as if it were not there.

use domain::time::Timestamp;
use proptest::prelude::*;

use super::parse::delivery;
use crate::channels::event::{Delivery, EventKind};
use crate::vault::{DigestKey, KeyRing, Vault, generate_key};

const NOW: Timestamp = Timestamp::from_millis(1_795_338_000_000);

fn dm(mid: &str) -> Vec<u8> {
    format!(
        r#"{{"sender":{{"id":"45"}},"recipient":{{"id":"178"}},"timestamp":1795338000000,"message":{{"mid":"{mid}","text":"hello"}}}}"#
    )
    .into_bytes()
}

fn between(strange: &[u8]) -> Vec<u8> {
    let entry = br#"{"object":"instagram","entry":[{"id":"178","time":1795338000000,"messaging":["#.to_vec();
    [
        entry,
        dm("m_before"),
        b",".to_vec(),
        strange.to_vec(),
        b",".to_vec(),
        dm("m_after"),
        b"]}]}".to_vec(),
    ]
    .concat()
}

fn said_hello(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Message { body: Some(body), .. } if body.expose() == "hello")
}

/// The keys of the messages with words whose ids are the neighbours', in order.
fn neighbours(delivery: &Delivery) -> Vec<&str> {
    let events = delivery.events.iter().filter(|event| said_hello(&event.kind));
    let keys = events.map(|event| event.key.as_str());
    keys.filter(|key| ["msg:m_before", "msg:m_after"].contains(key))
        .collect()
}

fn vault() -> Vault {
    Vault::new(KeyRing::parse(&generate_key("a")).unwrap(), DigestKey::random())
}

/// Any bytes between two quotation marks, which is how far a serializer that went wrong can go.
fn any_string() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..64).prop_map(|mut bytes| {
        bytes.retain(|byte| *byte != b'"');
        while bytes.last() == Some(&b'\\') {
            bytes.pop();
        }
        [b"\"", bytes.as_slice(), b"\""].concat()
    })
}

fn any_value() -> impl Strategy<Value = Vec<u8>> {
    let nested = (1usize..400).prop_map(|depth| {
        format!(
            "{}{}",
            "[{\"a\":".repeat(depth),
            "0}]".to_owned() + &"}]".repeat(depth - 1)
        )
    });
    let odd = prop_oneof![
        Just("1e999"),
        Just("-1e-999"),
        Just("null"),
        Just("true"),
        Just("[]"),
        Just("{}"),
        Just("18446744073709551616")
    ];
    prop_oneof![
        any_string(),
        nested.prop_map(String::into_bytes),
        odd.prop_map(|text| text.as_bytes().to_vec())
    ]
}

/// A message in which one value is anything, or something else altogether.
fn any_event() -> impl Strategy<Value = Vec<u8>> {
    let fields = [
        "sender",
        "recipient",
        "timestamp",
        "message",
        "postback",
        "read",
        "reaction",
        "referral",
        "is_self",
    ];
    let field = (proptest::sample::select(fields.to_vec()), any_value()).prop_map(|(name, value)| {
        [
            b"{\"sender\":{\"id\":\"45\"},\"recipient\":{\"id\":\"178\"},\"",
            name.as_bytes(),
            b"\":",
            &value,
            b"}",
        ]
        .concat()
    });
    let inner = [
        "mid",
        "text",
        "is_echo",
        "is_deleted",
        "attachments",
        "reply_to",
        "quick_reply",
    ];
    let inner = (proptest::sample::select(inner.to_vec()), any_value()).prop_map(|(name, value)| {
        let start = b"{\"sender\":{\"id\":\"45\"},\"recipient\":{\"id\":\"178\"},\"message\":{\"mid\":\"m_strange\",\"";
        [start, name.as_bytes(), b"\":", &value, b"}}"].concat()
    });
    prop_oneof![any_value(), field, inner]
}

proptest! {
    #[test]
    fn what_stands_in_one_event_never_changes_its_neighbours(strange in any_event()) {
        let body = between(&strange);
        let read = delivery(&body, &vault(), NOW);
        let text = String::from_utf8_lossy(&body).into_owned();
        prop_assert_eq!(neighbours(&read), ["msg:m_before", "msg:m_after"], "{}", text);
        prop_assert_eq!(read.events.len() + read.counted.len(), 3, "{}", text);
    }

    #[test]
    fn an_event_is_told_whenever_its_sides_and_its_id_can_be_read(value in any_value()) {
        let start = br#"{"sender":{"id":"45"},"recipient":{"id":"178"},"message":{"mid":"m_1","text":"hello","attachments":"#;
        let body = between(&[start, value.as_slice(), b"}}"].concat());
        let read = delivery(&body, &vault(), NOW);
        prop_assert_eq!(read.events[1].key.as_str(), "msg:m_1");
        prop_assert!(said_hello(&read.events[1].kind));
    }

    #[test]
    fn any_bytes_at_all_are_read_without_a_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        delivery(&body, &vault(), NOW);
        delivery(&between(&body), &vault(), NOW);
    }
}
