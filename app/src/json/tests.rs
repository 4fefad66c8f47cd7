//! Whatever serde_json writes is read as serde_json reads it.

use std::collections::BTreeMap;
use std::fmt::Debug;

use domain::ids::RuleId;
use domain::persona::PersonaContent;
use domain::rules::Matcher;
use domain::views::{RuleWarning, WarningFix};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::read;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Whole {
    count: u32,
    change: i64,
    share: f64,
    name: String,
    at: Option<(u8, bool)>,
    #[serde(default)]
    later: Vec<Kind>,
    by_id: BTreeMap<String, Tagged>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Rest {
    unit: (),
    letter: char,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Unit,
    One(i8),
    Two(u16, String),
    Named { id: uuid::Uuid },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    Empty,
    Full { list: Vec<Option<f64>> },
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Unit),
        any::<i8>().prop_map(Kind::One),
        any::<(u16, String)>().prop_map(|(number, text)| Kind::Two(number, text)),
        any::<u128>().prop_map(|id| Kind::Named {
            id: uuid::Uuid::from_u128(id)
        }),
    ]
}

fn tagged() -> impl Strategy<Value = Tagged> {
    let number = prop::option::of(-1e6..1e6_f64);
    prop_oneof![
        Just(Tagged::Empty),
        prop::collection::vec(number, 0..4).prop_map(|list| Tagged::Full { list })
    ]
}

fn whole() -> impl Strategy<Value = Whole> {
    let simple = (
        any::<u32>(),
        any::<i64>(),
        -1e9..1e9,
        any::<String>(),
        any::<Option<(u8, bool)>>(),
    );
    let nested = (
        prop::collection::vec(kind(), 0..4),
        prop::collection::btree_map(any::<String>(), tagged(), 0..4),
        any::<char>(),
    );
    (simple, nested).prop_map(|((count, change, share, name, at), (later, by_id, letter))| Whole {
        count,
        change,
        share,
        name,
        at,
        later,
        by_id,
        rest: Rest { unit: (), letter },
    })
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|entries| entries.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn every_shape_survives(value in whole()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(read::<Whole>(&text), Ok(serde_json::from_str(&text).unwrap()));
    }

    #[test]
    fn so_does_any_json(value in any_json()) {
        let text = value.to_string();
        prop_assert_eq!(read::<Value>(&text), Ok(serde_json::from_str(&text).unwrap()));
    }

    /// What is no such shape is refused by both; what serde_json reads, this reads alike.
    #[test]
    fn nothing_else_is_read(value in any_json()) {
        fn agree<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
            if let Ok(value) = read::<T>(text) {
                assert_eq!(serde_json::from_str::<T>(text).unwrap(), value);
            }
        }
        let text = value.to_string();
        agree::<Whole>(&text);
        agree::<Kind>(&text);
        agree::<Vec<Tagged>>(&text);
        agree::<(u8, Option<i16>)>(&text);
        agree::<PersonaContent>(&text);
    }
}

#[test]
fn shapes_of_pages_are_read() {
    let warning = RuleWarning {
        rule: RuleId::from_uuid(uuid::Uuid::from_u128(7)),
        sentence: "Rule 2 has “preis” too.\n".into(),
        keyword: None,
        about_reply: false,
        fix: Some(WarningFix::MoveAbove(3)),
    };
    let text = serde_json::to_string(&[&warning]).unwrap();
    assert_eq!(read(&text), Ok(vec![warning]));
    let matcher = json!({"keywords": ["a"], "more": {"unknown": [1, null]}}).to_string();
    assert_eq!(read::<Matcher>(&matcher).ok(), serde_json::from_str(&matcher).ok());
}

#[test]
fn too_much_and_too_little_are_refused() {
    for text in [
        "",
        "[1,2,3]",
        "[1]",
        "[1,2",
        "[1,-2]",
        "[1,256]",
        "[1,2.5]",
        "[1,\"2\"]",
        "{}",
        "[1,2] 3",
    ] {
        assert!(read::<(u8, u8)>(text).is_err(), "{text}");
    }
    assert_eq!(read::<(u8, u8)>(" [1 , 2] "), Ok((1, 2)));
}
