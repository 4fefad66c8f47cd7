//! A draft in the browser is restored unchanged.

use domain::rules::{MatchMode, Threshold};

use super::Values;

#[test]
fn a_kept_rule_comes_back_word_for_word() {
    let values = Values {
        label: "Prices | and more".into(),
        by_intent: true,
        keywords: vec!["price".into(), "كم السعر".into(), "🚚".into()],
        mode: MatchMode::StartsWith,
        description: "wants to know what something costs".into(),
        examples: "how much is it?\nwhat, so dear?".into(),
        threshold: Threshold::new(0.81),
        by_ai: true,
        prompt: "Say what it costs.".into(),
        leave_to_person: true,
        canned: "Two lines\nand a \u{1f} in the text".into(),
    };
    assert_eq!(Values::from_json(&values.to_json()), Some(values));
}

#[test]
fn something_else_in_the_storage_is_ignored() {
    assert_eq!(Values::from_json("half a draft"), None);
}

#[test]
fn a_conflict_tells_every_field_that_differs_and_no_other() {
    let mine = Values {
        label: "Prices".into(),
        keywords: vec!["price".into()],
        canned: "From 9 euros.".into(),
        ..Values::default()
    };
    assert_eq!(mine.told_against(&mine), Vec::<String>::new());
    let theirs = Values {
        keywords: vec!["price".into(), "cost".into()],
        canned: "From 12 euros.".into(),
        leave_to_person: true,
        prompt: "What is not chosen is no difference".into(),
        ..mine.clone()
    };
    assert_eq!(
        theirs.told_against(&mine),
        [
            "list of keywords: “price, cost”",
            "reply: “From 12 euros.”",
            "ending: “left to a person afterwards”"
        ]
    );
    let by_intent = Values {
        by_intent: true,
        description: "wants to know the price".into(),
        ..mine.clone()
    };
    assert_eq!(
        by_intent.told_against(&mine),
        ["trigger: “Intent”", "intent: “wants to know the price”"]
    );
}
