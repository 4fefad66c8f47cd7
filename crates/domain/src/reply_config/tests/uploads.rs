//! Whatever is uploaded as a reply config is read, or refused at a place; what was exported is read as it was.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::limits::FieldError;

fn any_matcher() -> impl Strategy<Value = Matcher> {
    let modes = prop::sample::select(&[MatchMode::WholeWord, MatchMode::Contains][..]);
    let keywords = prop::collection::vec("\\PC{1,12}", 1..4);
    let keywords = (keywords, modes).prop_map(|(keywords, mode)| Matcher::Keywords(KeywordMatcher { keywords, mode }));
    let examples = prop::collection::vec("\\PC{1,20}", 0..3);
    let prompt = ("\\PC{1,40}", examples, 50..=95_u8).prop_map(|(description, examples, percent)| {
        Matcher::Prompt(IntentMatcher {
            description,
            examples,
            threshold: Threshold::new(f64::from(percent) / 100.0),
        })
    });
    prop_oneof![keywords, prompt]
}

fn any_response() -> impl Strategy<Value = Response> {
    prop_oneof![
        "(?s).{1,40}".prop_map(Response::Canned),
        "(?s).{1,40}".prop_map(Response::AiPrompt)
    ]
}

/// A rule that an admin can save.
fn any_rule() -> impl Strategy<Value = RuleDraft> {
    let parts = ("\\PC{1,20}", any_matcher(), any_response(), any::<[bool; 2]>());
    parts.prop_filter_map("no rule", |(label, matcher, response, [enabled, leave_to_person])| {
        let rule = RuleDraft {
            label,
            matcher,
            response,
            enabled,
            leave_to_person,
        };
        rule.validate().ok()
    })
}

fn as_snapshot(default_reply: Response, rules: Vec<RuleDraft>) -> Snapshot {
    let rules = rules
        .into_iter()
        .zip(1..)
        .map(|(rule, number)| KnownRule { id: id(number), rule });
    Snapshot {
        default_reply,
        rules: rules.collect(),
    }
}

fn any_config() -> impl Strategy<Value = Snapshot> {
    let default = any_response().prop_filter_map("no reply", |response| validate_default_reply(&response).ok());
    (default, prop::collection::vec(any_rule(), 0..3)).prop_map(|(default, rules)| as_snapshot(default, rules))
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(?s).{0,12}".prop_map(Value::from),
        Just(json!("x".repeat(5_000))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let names = prop_oneof![
            "(label|matcher|keywords|prompt|any_of|response|canned|ai_prompt|rules|threshold)",
            ".{0,4}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The addresses of all values in `value`, its own last.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                places(item, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(at.to_owned());
}

/// The file with another value at one place, or with one more field where an object stands.
fn with_another_value(file: &str, which: prop::sample::Index, name: Option<String>, other: Value) -> String {
    let mut whole: Value = serde_json::from_str(file).expect("JSON");
    let mut found = Vec::new();
    places(&whole, "", &mut found);
    let place: &String = which.get(&found);
    let value = whole.pointer_mut(place).expect("a place of it");
    match (value.as_object_mut(), name) {
        (Some(fields), Some(name)) => drop(fields.insert(name, other)),
        _ => *value = other,
    }
    whole.to_string()
}

/// Some characters cut out, others put there.
fn with_other_characters(file: &str, at: prop::sample::Index, cut: usize, put: &str) -> String {
    let mut characters: Vec<char> = file.chars().collect();
    let from = at.index(characters.len());
    let to = (from + cut).min(characters.len());
    characters.splice(from..to, put.chars());
    characters.into_iter().collect()
}

/// Refused with a sentence at a place, or read as something that an export says again.
fn is_answered(file: &str) -> Result<(), TestCaseError> {
    match read_file(file) {
        Ok(read) => {
            let again = write_file("any", &as_snapshot(read.default_reply.clone(), read.rules.clone()));
            prop_assert_eq!(read_file(&again), Ok(read));
        }
        Err(errors) => {
            let is_told = |error: &FieldError| !error.field.is_empty() && !error.message.is_empty();
            prop_assert!(!errors.is_empty() && errors.iter().all(is_told), "{:?}", errors);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_export_is_read_as_it_was(config in any_config(), account in "\\PC{0,20}") {
        let read = read_file(&write_file(&account, &config)).expect("an export");
        prop_assert_eq!(as_snapshot(read.default_reply, read.rules), config);
    }

    #[test]
    fn any_text_and_any_json_are_answered(text in any::<String>(), json in any_json()) {
        is_answered(&text)?;
        is_answered(&json.to_string())?;
    }

    #[test]
    fn an_export_with_another_value_anywhere_is_answered(
        config in any_config(),
        which in any::<prop::sample::Index>(),
        name in prop::option::of(".{0,2}"),
        other in any_json(),
    ) {
        is_answered(&with_another_value(&write_file("any", &config), which, name, other))?;
    }

    #[test]
    fn an_export_that_was_cut_or_written_over_is_answered(
        config in any_config(),
        at in any::<prop::sample::Index>(),
        cut in prop_oneof![0..3_usize, Just(usize::MAX / 2)],
        put in "[\\[\\]{}\",:0-9a-z\\\\\u{feff}]{0,3}",
    ) {
        is_answered(&with_other_characters(&write_file("any", &config), at, cut, &put))?;
    }
}
