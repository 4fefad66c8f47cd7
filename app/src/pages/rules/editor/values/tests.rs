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
