//! A delivery that was damaged on its way is read, and what is kept of it is never more than it held.

use domain::time::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;

use super::parse::delivery;
use crate::channels::event::{Delivery, EventKind};
use crate::vault::{DigestKey, KeyRing, Vault, generate_key};

const NOW: Timestamp = Timestamp::from_millis(1_795_338_000_000);
/// A byte that is no text becomes "�", which has three.
const GROWTH: usize = 3;

const WHOLE: &str = r#"{"object":"instagram","entry":[
{"id":"178","time":1795338000000,"messaging":[
{"sender":{"id":"45"},"recipient":{"id":"178"},"timestamp":1795338000000,"message":{"mid":"m_1","text":"caf\u00e9 \ud83d\ude00"}},
{"sender":{"id":"178"},"recipient":{"id":"45"},"timestamp":1795338000001,"message":{"mid":"m_2","text":"ours","is_echo":true}},
{"sender":{"id":"45"},"recipient":{"id":"178"},"timestamp":1795338000002,"postback":{"mid":"m_3","title":"Hours","payload":"H"}},
{"sender":{"id":"45"},"recipient":{"id":"178"},"timestamp":1795338000003,"read":{"mid":"m_2"}},
{"sender":{"id":"45"},"recipient":{"id":"178"},"timestamp":1795338000004,"message":{"mid":"m_1","is_deleted":true}}]},
{"id":"179","time":1795338000000,"changes":[{"field":"comments","value":{}}],"standby":[{}]}]}"#;

/// One spot of the delivery: how many bytes go, and which come.
type Damage = (Index, usize, Vec<u8>);

fn any_damage() -> impl Strategy<Value = Vec<Damage>> {
    let structure = prop::sample::select(b"{}[]\",:\\u\0\xff0e".to_vec());
    let come = prop::collection::vec(prop_oneof![structure, any::<u8>()], 0..6);
    let go = prop_oneof![8 => 0..6_usize, 1 => 0..600_usize];
    prop::collection::vec((any::<Index>(), go, come), 1..6)
}

fn damaged(damage: Vec<Damage>) -> Vec<u8> {
    let mut body = WHOLE.as_bytes().to_vec();
    for (at, go, come) in damage {
        let from = at.index(body.len() + 1);
        let to = (from + go).min(body.len());
        body.splice(from..to, come);
    }
    body
}

fn words(kind: &EventKind) -> usize {
    let words = match kind {
        EventKind::Message { body, .. } => body.as_ref(),
        EventKind::Echo { text, .. } => text.as_ref(),
        _ => None,
    };
    words.map_or(0, |words| words.expose().len())
}

fn read(body: &[u8]) -> Delivery {
    let vault = Vault::new(KeyRing::parse(&generate_key("a")).unwrap(), DigestKey::random());
    delivery(body, &vault, NOW)
}

#[test]
fn the_whole_delivery_is_understood() {
    let read = read(WHOLE.as_bytes());
    assert_eq!((read.events.len(), read.counted.len()), (5, 2));
    assert_eq!(
        read.events.iter().map(|event| words(&event.kind)).collect::<Vec<_>>(),
        [10, 4, 5, 0, 0]
    );
}

proptest! {
    #[test]
    fn no_more_is_kept_than_a_damaged_delivery_holds(damage in any_damage()) {
        let body = damaged(damage);
        let text = String::from_utf8_lossy(&body).into_owned();
        let read = read(&body);
        let elements = 1 + body.iter().filter(|byte| b",[{".contains(byte)).count();
        prop_assert!(read.events.len() + read.counted.len() <= elements, "{}", text);
        let kept: usize = read.events.iter().map(|event| words(&event.kind)).sum();
        prop_assert!(kept <= GROWTH * body.len(), "{}", text);
        for event in &read.events {
            // An index of PostgreSQL takes some 2,700 bytes.
            prop_assert!(event.key.len() <= 1_024 && event.addresses.all().all(|id| id.len() <= 512), "{}", text);
            prop_assert!(!event.key.chars().any(char::is_control), "{}", text);
        }
    }

    #[test]
    fn ids_of_any_length_are_kept_within_bounds(length in 0..3_000_usize, which in 0..4_usize) {
        let marks = ["\"178\"", "\"45\"", "\"m_1\"", "\"m_2\""];
        let body = WHOLE.replace(marks[which], &format!("\"{}\"", "9".repeat(length)));
        for event in read(body.as_bytes()).events {
            prop_assert!(event.key.len() <= 1_024 && event.addresses.all().all(|id| id.len() <= 512));
        }
    }
}
