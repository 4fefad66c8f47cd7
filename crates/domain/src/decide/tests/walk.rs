//! The walk down the rules.

use std::collections::BTreeMap;

use super::*;

fn scores(scores: &[(u128, f64)]) -> IntentScores {
    IntentScores::Scores(
        scores
            .iter()
            .map(|(number, score)| (id(*number), *score))
            .collect::<BTreeMap<_, _>>(),
    )
}

#[test]
fn the_first_match_wins_and_the_losers_say_why() {
    let mut off = rule(1, keywords(&["price"]), canned("off"));
    off.enabled = false;
    let rules = vec![
        off,
        rule(2, keywords(&["hours"]), canned("hours")),
        rule(3, intent(), canned("booking")),
        rule(4, keywords(&["cost", "Price"]), canned("prices")),
        rule(5, keywords(&["price"]), canned("never")),
    ];
    let config = compiled(rules, canned("default"));
    let intents = scores(&[(3, 0.61)]);
    let decision = decide(&input(&config, &intents, Some("PRICE please")));
    assert_eq!(decision.outcome, reply(Some(4), canned("prices")));
    assert_eq!(
        verdicts(&decision),
        [
            (1, RuleVerdict::Off),
            (2, RuleVerdict::NoKeyword),
            (
                3,
                RuleVerdict::BelowThreshold {
                    score: 0.61,
                    threshold: Threshold::new(0.7)
                }
            ),
            (
                4,
                RuleVerdict::KeywordFound {
                    keyword: "Price".into()
                }
            ),
        ]
    );
    let default = decide(&input(&config, &intents, Some("something else")));
    assert_eq!(default.outcome, reply(None, canned("default")));
    assert_eq!(verdicts(&default).len(), 5);
    assert!(default.steps.contains(&Step::Default));
}

#[test]
fn a_prompt_rule_wins_at_its_threshold() {
    let config = compiled(vec![rule(1, intent(), canned("booking"))], canned("default"));
    let at = |score| decide(&input(&config, &scores(&[(1, score)]), Some("a table for two"))).outcome;
    assert_eq!(at(0.7), reply(Some(1), canned("booking")));
    assert_eq!(at(0.699), reply(None, canned("default")));
}

#[test]
fn a_prompt_rule_without_a_score_waits_and_never_falls_through() {
    let rules = vec![
        rule(1, keywords(&["hours"]), canned("hours")),
        rule(2, intent(), canned("booking")),
        rule(3, keywords(&["table"]), canned("wrong")),
    ];
    let config = compiled(rules, canned("default"));
    let waits = Outcome::Wait {
        reason: WaitReason::AiUnavailable,
        until: None,
    };
    for intents in [IntentScores::Unavailable, scores(&[]), scores(&[(2, f64::NAN)])] {
        let decision = decide(&input(&config, &intents, Some("a table")));
        assert_eq!(decision.outcome, waits);
        let last = Step::Rule {
            rule: id(2),
            verdict: RuleVerdict::IntentUnavailable,
        };
        assert_eq!(decision.steps.last(), Some(&last));
        let earlier = decide(&input(&config, &intents, Some("hours?")));
        assert_eq!(earlier.outcome, reply(Some(1), canned("hours")));
    }
}

#[test]
fn a_prompt_rule_that_is_off_asks_for_no_score() {
    let mut off = rule(1, intent(), canned("booking"));
    off.enabled = false;
    let config = compiled(vec![off], canned("default"));
    let decision = decide(&input(&config, &IntentScores::Unavailable, Some("a table")));
    assert_eq!(decision.outcome, reply(None, canned("default")));
}

#[test]
fn without_words_only_a_canned_default_answers() {
    let rules = || {
        vec![
            rule(1, keywords(&["price"]), canned("p")),
            rule(2, intent(), canned("b")),
        ]
    };
    let (with_canned, with_ai) = (compiled(rules(), canned("default")), compiled(rules(), ai("default")));
    let none = IntentScores::Unavailable;
    for text in [None, Some(""), Some(" \n\u{3000}")] {
        let decision = decide(&input(&with_canned, &none, text));
        assert_eq!(decision.outcome, reply(None, canned("default")));
        assert_eq!(
            verdicts(&decision),
            [(1, RuleVerdict::NoText), (2, RuleVerdict::NoText)]
        );
        let decision = decide(&input(&with_ai, &none, text));
        assert_eq!(decision.outcome, Outcome::Silence(Reason::NoText));
    }
    for kind in [
        MessageKind::Attachment,
        MessageKind::StoryMention,
        MessageKind::Unsupported,
        MessageKind::Ephemeral,
    ] {
        let mut input = input(&with_canned, &none, Some("price"));
        input.message.kind = kind;
        assert_eq!(decide(&input).outcome, reply(None, canned("default")), "{kind}");
    }
    for kind in [MessageKind::StoryReply, MessageKind::QuickReply, MessageKind::Postback] {
        let mut input = input(&with_canned, &none, Some("price"));
        input.message.kind = kind;
        assert_eq!(decide(&input).outcome, reply(Some(1), canned("p")), "{kind}");
    }
}

#[test]
fn no_text_comes_before_the_gates_of_the_answer() {
    let config = compiled(Vec::new(), ai("default"));
    let none = IntentScores::Unavailable;
    let mut input = input(&config, &none, None);
    input.ai.available = false;
    input.credits_available = false;
    assert_eq!(decide(&input).outcome, Outcome::Silence(Reason::NoText));
}

#[test]
fn the_explanation_survives_json() {
    let rules = vec![
        rule(1, intent(), canned("b")),
        rule(2, keywords(&["price"]), canned("p")),
    ];
    let config = compiled(rules, canned("default"));
    let decision = decide(&input(&config, &scores(&[(1, 0.25)]), Some("price")));
    let json = serde_json::to_string(&decision).expect("json");
    assert_eq!(serde_json::from_str::<Decision>(&json).expect("decision"), decision);
    insta::assert_snapshot!("explanation", serde_json::to_string_pretty(&decision).expect("json"));
}

/// Two rules by intent, each over its threshold of 0.70 or not.
fn two_intents(first: f64, second: f64) -> Decision {
    let config = compiled(
        vec![rule(1, intent(), canned("one")), rule(2, intent(), canned("two"))],
        canned("default"),
    );
    let intents = IntentScores::Scores([(id(1), first), (id(2), second)].into());
    decide(&input(&config, &intents, Some("a table?")))
}

#[test]
fn intents_compete_and_the_first_of_equals_wins() {
    let outscored = RuleVerdict::OutscoredBy {
        score: 0.8,
        rule: id(2),
        best: 0.9,
    };
    let decision = two_intents(0.8, 0.9);
    assert_eq!(decision.outcome, reply(Some(2), canned("two")));
    assert_eq!(verdicts(&decision)[0], (1, outscored));
    assert_eq!(two_intents(0.9, 0.8).outcome, reply(Some(1), canned("one")));
    assert_eq!(two_intents(0.8, 0.8).outcome, reply(Some(1), canned("one")));
    assert_eq!(two_intents(0.6, 0.6).outcome, reply(None, canned("default")));
}

#[test]
fn a_rule_without_a_score_yet_could_fit_better() {
    let config = compiled(
        vec![rule(1, intent(), canned("one")), rule(2, intent(), canned("two"))],
        canned("default"),
    );
    let intents = IntentScores::Scores([(id(1), 0.9)].into());
    let decision = decide(&input(&config, &intents, Some("a table?")));
    let waits = Outcome::Wait {
        reason: WaitReason::AiUnavailable,
        until: None,
    };
    assert_eq!(decision.outcome, waits);
}

#[test]
fn without_an_encoder_or_in_an_unknown_script_keywords_go_on() {
    let rules = vec![
        rule(1, intent(), canned("one")),
        rule(2, keywords(&["table"]), canned("two")),
    ];
    let config = compiled(rules, canned("default"));
    for (intents, verdict) in [
        (IntentScores::Off, RuleVerdict::IntentsOff),
        (IntentScores::ScriptUnknown, RuleVerdict::ScriptUnknown),
    ] {
        let decision = decide(&input(&config, &intents, Some("a table?")));
        assert_eq!(decision.outcome, reply(Some(2), canned("two")));
        assert_eq!(verdicts(&decision)[0], (1, verdict));
    }
}
