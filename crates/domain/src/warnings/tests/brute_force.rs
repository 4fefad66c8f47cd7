//! No false alarm and none missed: every warning is held against messages that are searched for without any theory.

use proptest::prelude::*;

use super::*;
use crate::matching::{CompiledConfig, FoldedMessage};

/// Small, so that rules meet often; the last four stand in no keyword. `ä` is what people type for `aé`, which folds to `ae`.
const ALPHABET: [&str; 12] = ["a", "b", " ", "1", ".", "é", "价", "👍", "z", "2", "ä", "\u{200D}"];
const OF_KEYWORDS: &[&str] = ALPHABET.split_at(8).0;
/// All messages of up to this many pieces.
const LONGEST: u32 = 4;

const PIECES: [&str; 40] = [
    "a", "b", "A", "é", "ß", "'", ".", ":", "_", "-", ",", "·", "!", " ", " ", "1", "2", "σ", "ά", "и", "й", "ب", "א",
    "\"", "क", "ि", "ก", "า", "价", "格", "カ", "ー", "가", "👍", "🏽", "\u{200D}", "👩", "🇩", "🇪", "z",
];

fn winner(compiled: &CompiledConfig, message: &str) -> Option<usize> {
    let hits = compiled.match_keywords(&FoldedMessage::new(message));
    (0..compiled.config().rules.len()).find(|position| hits.at(*position).is_some())
}

fn never_reached(config: &ReplyConfig) -> Vec<bool> {
    let found = warnings(config, &facts());
    let never = |rule: &ReplyRule| {
        let mut about = found.of(rule.id).iter();
        about.any(|warning| matches!(warning, Warning::NeverReached { .. }))
    };
    config.rules.iter().map(never).collect()
}

/// All messages over the alphabet.
fn messages() -> impl Iterator<Item = String> {
    let count = ALPHABET.len();
    (1..=LONGEST).flat_map(move |length| {
        (0..count.pow(length)).map(move |mut number| {
            let mut message = String::new();
            for _ in 0..length {
                message.push_str(ALPHABET[number % count]);
                number /= count;
            }
            message
        })
    })
}

fn keyword(pieces: &'static [&'static str], longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 1..=longest).prop_map(|pieces| pieces.concat())
}

fn rules(pieces: &'static [&'static str], longest: usize) -> impl Strategy<Value = ReplyConfig> {
    let keywords = prop::collection::vec(keyword(pieces, longest), 1..4);
    let one = (
        keywords,
        prop::sample::select(MatchMode::all()),
        prop::bool::weighted(0.9),
    );
    prop::collection::vec(one, 2..6).prop_map(|rules| {
        let mut made = config(Vec::new());
        made.rules = rules
            .into_iter()
            .zip(1..)
            .map(|((keywords, mode, enabled), number)| ReplyRule {
                enabled,
                ..rule(number, Matcher::Keywords(KeywordMatcher { keywords, mode }))
            })
            .collect();
        made
    })
}

/// Only what folds to something can match at all.
fn has_a_keyword(rule: &ReplyRule) -> bool {
    match &rule.matcher {
        Matcher::Keywords(matcher) => matcher.keywords.iter().any(|keyword| !fold(keyword).is_empty()),
        Matcher::Prompt(_) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Over a small alphabet every message is tried: a rule is called unreachable exactly when none of them reaches it.
    #[test]
    fn every_message_over_a_small_alphabet(config in rules(OF_KEYWORDS, 2)) {
        let compiled = CompiledConfig::compile(&config);
        let mut reached = vec![false; config.rules.len()];
        for message in messages() {
            if let Some(winner) = winner(&compiled, &message) {
                reached[winner] = true;
            }
        }
        for ((rule, never), reached) in config.rules.iter().zip(never_reached(&config)).zip(reached) {
            let live = rule.enabled && has_a_keyword(rule);
            prop_assert_eq!(never, live && !reached, "{:?} in {:#?}", rule.matcher, config.rules);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    /// No message, however odd, is answered by a rule that is called unreachable, or by a keyword that is called caught.
    #[test]
    fn no_false_alarm(
        config in rules(&PIECES, 4),
        around in prop::collection::vec((keyword(&PIECES, 3), keyword(&PIECES, 3)), 40),
    ) {
        let compiled = CompiledConfig::compile(&config);
        let found = warnings(&config, &facts());
        for (position, rule) in config.rules.iter().enumerate() {
            let Matcher::Keywords(matcher) = &rule.matcher else { continue };
            for warning in found.of(rule.id) {
                let caught: Vec<&String> = match warning {
                    Warning::NeverReached { .. } => matcher.keywords.iter().collect(),
                    Warning::KeywordCaught { keyword, .. } => vec![keyword],
                    _ => continue,
                };
                for keyword in caught {
                    let bare = [(String::new(), String::new())];
                    for (before, after) in around.iter().chain(&bare) {
                        for message in [
                            format!("{before}{keyword}{after}"),
                            format!("{before} {keyword} {after}"),
                            format!("{keyword}{after}"),
                            format!("{before}{keyword}"),
                        ] {
                            let hits = compiled.match_keywords(&FoldedMessage::new(&message));
                            let first = (0..config.rules.len()).find(|position| hits.at(*position).is_some());
                            let by_it = first == Some(position) && hits.at(position) == Some(keyword.as_str());
                            prop_assert!(!by_it, "{message:?} reaches {:?} in {:#?}", rule.matcher, config.rules);
                        }
                    }
                }
            }
        }
    }

    /// Any list of rules gets its warnings without a panic.
    #[test]
    fn any_keywords(keywords in prop::collection::vec(any::<String>(), 0..6), mode in prop::sample::select(MatchMode::all())) {
        let one = Matcher::Keywords(KeywordMatcher { keywords, mode });
        let config = config(vec![one.clone(), one]);
        let found = warnings(&config, &facts());
        for warning in found.of(id(2)) {
            prop_assert!(!warning.sentence().is_empty());
        }
    }
}
