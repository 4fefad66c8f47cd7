//! The advice of a warning helps: moved as it says, the rule answers again; and around a keyword nothing is found by accident.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::contexts::Contexts;
use super::*;
use crate::matching::{CompiledConfig, FoldedMessage};
use crate::rules::move_item;
use crate::views::WarningFix;

fn small_config() -> impl Strategy<Value = ReplyConfig> {
    let word = prop::sample::select(&["a", "b", "a b", "ab", "ba", "a.b", "1", "1.1", "价", "👍"][..]);
    let one = (
        prop::collection::btree_set(word, 1..4),
        prop::sample::select(MatchMode::all()),
    );
    prop::collection::vec(one, 2..7).prop_map(|rules| {
        let matcher = |(keywords, mode): (BTreeSet<&str>, MatchMode)| words(mode, &Vec::from_iter(keywords));
        config(rules.into_iter().map(matcher).collect())
    })
}

fn moved(config: &ReplyConfig, rule: RuleId, above: &RulePlace) -> ReplyConfig {
    let order: Vec<RuleId> = config.rules.iter().map(|rule| rule.id).collect();
    let order = move_item(&order, rule, above.position as usize);
    let mut moved = config.clone();
    moved
        .rules
        .sort_by_key(|rule| order.iter().position(|id| *id == rule.id));
    moved
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn moving_as_advised_makes_the_warning_go_away(config in small_config()) {
        let found = warnings(&config, &facts());
        for (rule, said) in &found.rules {
            for warning in said {
                let Some(above) = warning.move_above() else { continue };
                prop_assert!(above.position < config.place_of(*rule).expect("a rule").position, "it is above");
                let after = warnings(&moved(&config, *rule, above), &facts());
                let still = after.of(*rule).iter().any(|left| match (warning, left) {
                    (Warning::NeverReached { .. }, Warning::NeverReached { .. }) => true,
                    (Warning::KeywordCaught { keyword: was, .. }, Warning::KeywordCaught { keyword, .. }) => was == keyword,
                    _ => false,
                });
                prop_assert!(!still, "{:?} after {:?} in {:#?}", after.of(*rule), warning, config.rules);
            }
        }
    }

    /// What pages show says the same, and the step it offers is the advice.
    #[test]
    fn in_words_nothing_is_lost(config in small_config()) {
        let found = warnings(&config, &facts());
        let shown = found.in_words();
        let told: Vec<_> = found.rules.iter().flat_map(|(rule, said)| said.iter().map(move |one| (*rule, one))).collect();
        prop_assert_eq!(shown.len(), told.len());
        for (shown, (rule, warning)) in shown.into_iter().zip(told) {
            prop_assert_eq!((shown.rule, &shown.sentence), (rule, &warning.sentence()));
            prop_assert_eq!(shown.keyword.as_deref(), warning.keyword());
            let advised = warning.move_above().map(|above| WarningFix::MoveAbove(above.position));
            let whole_words = matches!(warning, Warning::ShortKeyword { .. }).then_some(WarningFix::WholeWords);
            prop_assert!(shown.keyword.is_none() || !shown.about_reply, "a keyword is no part of the reply");
            prop_assert_eq!(shown.fix, advised.or(whole_words));
        }
    }

    /// Each warning names a rule that is there, a keyword of its own rule, and reads as a sentence.
    #[test]
    fn a_warning_is_about_what_is_there(config in small_config()) {
        let found = warnings(&config, &facts());
        for rule in &config.rules {
            let Matcher::Keywords(matcher) = &rule.matcher else { continue };
            for warning in found.of(rule.id) {
                prop_assert!(warning.keyword().is_none_or(|keyword| matcher.keywords.iter().any(|own| own == keyword)));
                prop_assert!(warning.sentence().ends_with('.'));
                if let Warning::NeverReached { by } | Warning::KeywordCaught { by, .. } = warning {
                    prop_assert!(!by.is_empty() && by.is_sorted_by_key(|place| place.position));
                    for place in by {
                        prop_assert_eq!(config.place_of(place.rule), Some(place.clone()));
                    }
                }
            }
        }
        prop_assert!(found.of(config.rules[0].id).iter().all(|warning| warning.move_above().is_none()), "the first is free");
    }

    /// What is put around a keyword holds none of its signs, so that it cannot complete another keyword.
    #[test]
    fn contexts_are_made_of_other_signs(used in prop::collection::btree_set(
        prop_oneof![any::<char>(), prop::sample::select(&['0', '9', 'a', '!', '?', 'א', 'ァ', '\u{10D0}', '\u{1F1E6}'][..])],
        0..40,
    )) {
        // The signs that force an edge, the joiner and the space between two words stand for themselves.
        let fixed = [' ', '\'', '.', ':', '_', '\u{200D}'];
        let contexts = Contexts::without(&used);
        prop_assert!(contexts.before.contains(&String::new()) && contexts.after.contains(&String::new()));
        for sign in contexts.before.iter().chain(&contexts.after).flat_map(|text| text.chars()) {
            prop_assert!(!used.contains(&sign) || fixed.contains(&sign), "{:?}", sign);
        }
        for context in contexts.before.iter().chain(&contexts.after) {
            prop_assert_eq!(fold(context), context.trim(), "folding leaves it as it is");
        }
    }
}

/// One keyword in two rules: what the second rule hears, by the modes of both, held against the messages that tell them apart.
#[test]
fn the_mode_above_decides_what_is_left_below() {
    let messages = [
        "price",
        "the price",
        "price now",
        "the price now",
        "pricey",
        "overprice",
        "overpricey",
    ];
    for above in MatchMode::all() {
        for below in MatchMode::all() {
            let config = config(vec![words(*above, &["price"]), words(*below, &["price"])]);
            let compiled = CompiledConfig::compile(&config);
            let reaches = messages.iter().any(|message| {
                let hits = compiled.match_keywords(&FoldedMessage::new(message));
                hits.iter().next().is_some_and(|(rule, _)| rule == id(2))
            });
            let expected = if reaches {
                "Rule 1, R1, has “price” too."
            } else {
                "Rule 1, R1, already catches all its keywords, so this rule never answers."
            };
            assert_eq!(about(&config, 2), [expected], "{above} above {below}");
        }
    }
}

#[test]
fn what_cannot_be_moved_has_no_advice() {
    let place = RulePlace {
        rule: id(1),
        position: 1,
        label: "R1".into(),
    };
    let twice = Warning::KeywordTwice {
        keyword: "price".into(),
        other: place,
    };
    assert_eq!((twice.keyword(), twice.move_above()), (Some("price"), None));
    for warning in [
        Warning::IntentModelMissing,
        Warning::IntentsOff,
        Warning::ReplyNeedsAi,
        Warning::PersonaNotApproved,
    ] {
        assert_eq!((warning.keyword(), warning.move_above()), (None, None));
    }
    let without_line = Warning::ReplyTooLong {
        bytes: 1_200,
        disclosure: 0,
    };
    assert_eq!(
        without_line.sentence(),
        "This reply is 1,200 of 1,000 bytes. Instagram would refuse it."
    );
}

#[test]
fn prompt_rules_catch_nothing_and_are_caught_by_nothing() {
    let intent = || {
        Matcher::Prompt(IntentMatcher {
            description: "asks for the price".into(),
            examples: Vec::new(),
            threshold: Threshold::default(),
        })
    };
    let config = config(vec![
        intent(),
        words(Contains, &["price"]),
        intent(),
        words(Contains, &["prices"]),
    ]);
    assert_eq!(about(&config, 1), Vec::<String>::new());
    assert_eq!(about(&config, 3), Vec::<String>::new());
    let caught = "Rule 2, R2, already catches all its keywords, so this rule never answers.";
    assert_eq!(about(&config, 4), [caught]);
}
