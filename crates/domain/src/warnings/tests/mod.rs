//! What is warned about, in words, and held against brute force.

mod advice;
mod brute_force;

use uuid::Uuid;

use super::*;
use crate::rules::{IntentMatcher, KeywordMatcher, Threshold};

const ALL_WELL: AiFacts = AiFacts {
    available: true,
    persona_approved: true,
};

fn id(number: u128) -> RuleId {
    RuleId::from_uuid(Uuid::from_u128(number))
}

fn facts() -> WarningFacts {
    WarningFacts {
        ai: ALL_WELL,
        intents: IntentModel::Ready,
        disclosure: None,
    }
}

fn rule(number: u128, matcher: Matcher) -> ReplyRule {
    ReplyRule {
        id: id(number),
        label: format!("R{number}"),
        matcher,
        response: Response::Canned("yes".into()),
        enabled: true,
        leave_to_person: false,
        version: 1,
    }
}

fn words(mode: MatchMode, keywords: &[&str]) -> Matcher {
    let keywords = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
    Matcher::Keywords(KeywordMatcher { keywords, mode })
}

fn config(matchers: Vec<Matcher>) -> ReplyConfig {
    ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("default".into()),
        default_version: 1,
        rules: matchers
            .into_iter()
            .zip(1..)
            .map(|(matcher, number)| rule(number, matcher))
            .collect(),
    }
}

/// The sentences about rule `number`.
fn about(config: &ReplyConfig, number: u128) -> Vec<String> {
    let found = warnings(config, &facts());
    found.of(id(number)).iter().map(Warning::sentence).collect()
}

use MatchMode::{Contains, Exact, StartsWith, WholeWord};

#[test]
fn a_rule_below_one_that_catches_everything_is_never_reached() {
    let rows: [(Matcher, Matcher); 9] = [
        (words(WholeWord, &["price"]), words(WholeWord, &["PRICE"])),
        (words(WholeWord, &["preço"]), words(WholeWord, &["preco"])),
        (words(Contains, &["pri"]), words(WholeWord, &["price", "pricing"])),
        (words(Contains, &["pri"]), words(StartsWith, &["price"])),
        (words(WholeWord, &["hours"]), words(WholeWord, &["opening hours"])),
        (words(WholeWord, &["hi"]), words(Exact, &["hi there", "oh hi"])),
        (words(StartsWith, &["hi"]), words(StartsWith, &["hi there"])),
        (words(Contains, &["价"]), words(WholeWord, &["价格"])),
        (words(WholeWord, &["👍"]), words(Contains, &["ok👍"])),
    ];
    for (first, second) in rows {
        let config = config(vec![first.clone(), second.clone()]);
        let said = about(&config, 2);
        assert_eq!(
            said,
            ["Rule 1, R1, already catches all its keywords, so this rule never answers."],
            "{first:?} above {second:?}"
        );
        let found = warnings(&config, &facts());
        assert_eq!(found.of(id(2))[0].move_above().map(|place| place.rule), Some(id(1)));
        assert_eq!(about(&config, 1), Vec::<String>::new());
    }
}

#[test]
fn a_rule_that_some_message_reaches_is_left_in_peace() {
    let rows: [(Matcher, Matcher); 7] = [
        (words(WholeWord, &["price"]), words(StartsWith, &["prices"])),
        (words(Exact, &["hi"]), words(WholeWord, &["hello"])),
        (words(StartsWith, &["price"]), words(WholeWord, &["the price"])),
        (words(WholeWord, &["и"]), words(WholeWord, &["й"])),
        (words(WholeWord, &["opening hours"]), words(WholeWord, &["hours"])),
        (words(WholeWord, &["art"]), words(Contains, &["start"])),
        (words(WholeWord, &["5"]), words(WholeWord, &["3.5"])),
    ];
    for (first, second) in rows {
        let config = config(vec![first.clone(), second.clone()]);
        assert_eq!(about(&config, 2), Vec::<String>::new(), "{first:?} above {second:?}");
    }
}

#[test]
fn several_rules_together_can_catch_everything() {
    let config = config(vec![
        words(WholeWord, &["price"]),
        words(WholeWord, &["hours"]),
        words(Contains, &["book"]),
        words(WholeWord, &["price", "hours", "booking"]),
    ]);
    let sentence = "Rules 1, 2 and 3 already catch all its keywords, so this rule never answers.";
    assert_eq!(about(&config, 4), [sentence]);
}

#[test]
fn single_keywords_are_named() {
    let config = config(vec![
        words(WholeWord, &["price", "cost"]),
        words(WholeWord, &["Price", "fee"]),
        words(Contains, &["cost"]),
    ]);
    assert_eq!(about(&config, 2), ["Rule 1, R1, already catches “Price”."]);
    assert_eq!(about(&config, 3), ["Rule 1, R1, has “cost” too."]);
}

#[test]
fn rules_that_are_off_catch_nothing_and_are_not_warned_about() {
    let mut config = config(vec![words(WholeWord, &["price"]), words(WholeWord, &["price"])]);
    config.rules[0].enabled = false;
    assert_eq!(about(&config, 2), Vec::<String>::new());
    config.rules[0].enabled = true;
    config.rules[1].enabled = false;
    assert_eq!(about(&config, 2), Vec::<String>::new());
}

#[test]
fn short_keywords_are_doubtful_inside_words_only() {
    let config = config(vec![
        words(Contains, &["hi", "ö", "价格", "👍", "가격", "abc", "5€", "ab", "и"]),
        words(WholeWord, &["ye"]),
    ]);
    assert_eq!(
        about(&config, 1),
        [
            "“hi” has 2 letters and also sits inside other words.",
            "“ö” has 1 letter and also sits inside other words.",
            "“ab” has 2 letters and also sits inside other words.",
            "“и” has 1 letter and also sits inside other words.",
        ]
    );
    assert_eq!(about(&config, 2), Vec::<String>::new());
}

#[test]
fn ai_and_length_are_watched() {
    let intent = Matcher::Prompt(IntentMatcher {
        description: "wants to book".into(),
        examples: Vec::new(),
        threshold: Threshold::default(),
    });
    let mut config = config(vec![intent, words(WholeWord, &["long"])]);
    config.rules[0].response = Response::AiPrompt("Be kind.".into());
    config.rules[1].response = Response::Canned("x".repeat(990));
    config.default_reply = Response::AiPrompt("Be kind.".into());
    assert_eq!(warnings(&config, &facts()), Warnings::default());

    let mut worried = facts();
    worried.ai.persona_approved = false;
    worried.disclosure = Some("Automated.".into());
    let found = warnings(&config, &worried);
    assert_eq!(found.of(id(1)), [Warning::PersonaNotApproved]);
    assert_eq!(
        found.of(id(2))[0].sentence(),
        "This reply is 1,002 of 1,000 bytes with the line that says it is automated. Instagram would refuse it."
    );
    assert_eq!(found.default_reply, [Warning::PersonaNotApproved]);

    worried.ai.available = false;
    let found = warnings(&config, &worried);
    assert_eq!(found.of(id(1)), [Warning::ReplyNeedsAi], "intents need no provider");
    assert_eq!(found.default_reply, [Warning::ReplyNeedsAi]);
}

#[test]
fn a_rule_that_is_passed_over_says_so() {
    let intent = Matcher::Prompt(IntentMatcher::default());
    let config = config(vec![intent, words(WholeWord, &["long"])]);
    for (model, expected) in [
        (IntentModel::Ready, None),
        (IntentModel::Missing, Some(Warning::IntentModelMissing)),
        (IntentModel::Off, Some(Warning::IntentsOff)),
    ] {
        let facts = WarningFacts {
            intents: model,
            ..facts()
        };
        let found = warnings(&config, &facts);
        assert_eq!(found.of(id(1)).first(), expected.as_ref());
        assert_eq!(found.of(id(2)), []);
    }
}

#[test]
fn warnings_survive_json() {
    let config = config(vec![words(WholeWord, &["price"]), words(WholeWord, &["price"])]);
    let found = warnings(&config, &facts());
    let json = serde_json::to_string(&found).expect("json");
    assert_eq!(serde_json::from_str::<Warnings>(&json).expect("warnings"), found);
}
