//! The automaton against the most boring matcher one can write.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::super::edges::needs_no_edge;
use super::super::finder::Finder;
use super::super::fold::fold_typed_out;
use super::super::{CompiledConfig, FoldedMessage, fold, spellings};
use super::{config, tricky_text};
use crate::rules::{MatchMode, Matcher, ReplyConfig};

/// Whether a word may begin or end between `left` and `right`, the two halves of a folded message.
fn is_edge(left: &str, right: &str) -> bool {
    let whole = format!("{left}{right}");
    let mut length = 0;
    let segmented = left.is_empty()
        || whole.split_word_bounds().any(|piece| {
            length += piece.len();
            length == left.len()
        });
    let sign = |c: char| "'.:_".contains(c);
    let number = |c: Option<char>| c.is_some_and(char::is_numeric);
    let (mut back, mut ahead) = (left.chars().rev(), right.chars());
    let (last, before_last) = (back.next(), back.next());
    let (first, second) = (ahead.next(), ahead.next());
    segmented
        || (last.is_some_and(sign) && !(number(before_last) && number(first)))
        || (first.is_some_and(sign) && !(number(last) && number(second)))
}

fn occurs(keyword: &str, mode: MatchMode, message: &str, torn: &[usize]) -> bool {
    let (Some(first), Some(last)) = (keyword.chars().next(), keyword.chars().last()) else {
        return false;
    };
    match mode {
        MatchMode::Contains => message.char_indices().any(|(at, _)| {
            message[at..].starts_with(keyword) && !torn.contains(&at) && !torn.contains(&(at + keyword.len()))
        }),
        MatchMode::Exact => message == keyword,
        MatchMode::StartsWith => message.starts_with(keyword) && !torn.contains(&keyword.len()),
        MatchMode::WholeWord => message.char_indices().any(|(at, _)| {
            let (left, rest) = message.split_at(at);
            rest.strip_prefix(keyword).is_some_and(|after| {
                let up_to_here = &message[..message.len() - after.len()];
                !torn.contains(&at)
                    && !torn.contains(&up_to_here.len())
                    && (needs_no_edge(first) || is_edge(left, rest))
                    && (needs_no_edge(last) || is_edge(up_to_here, after))
            })
        }),
    }
}

fn brute_force(config: &ReplyConfig, message: &str) -> Vec<Option<String>> {
    let plain = (fold(message), Vec::new());
    let ways: Vec<_> = std::iter::once(plain).chain(fold_typed_out(message)).collect();
    let sits = |keyword: &str, mode| ways.iter().any(|(message, torn)| occurs(keyword, mode, message, torn));
    let of_rule = |matcher: &Matcher| match matcher {
        Matcher::Keywords(matcher) => matcher
            .keywords
            .iter()
            .find(|keyword| spellings(keyword).iter().any(|spelling| sits(spelling, matcher.mode)))
            .cloned(),
        Matcher::Prompt(_) => None,
    };
    config
        .rules
        .iter()
        .map(|rule| if rule.enabled { of_rule(&rule.matcher) } else { None })
        .collect()
}

fn mode() -> impl Strategy<Value = MatchMode> {
    prop::sample::select(MatchMode::all())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_automaton_finds_what_brute_force_finds(
        rules in prop::collection::vec(
            (prop::collection::vec(tricky_text(0..5), 0..6), mode(), prop::bool::weighted(0.9)),
            0..6,
        ),
        message in tricky_text(0..16),
    ) {
        let config = config(rules);
        let compiled = CompiledConfig::compile(&config);
        let hits = compiled.match_keywords(&FoldedMessage::new(&message));
        let expected = brute_force(&config, &message);
        for (rule, expected) in config.rules.iter().zip(expected) {
            prop_assert_eq!(hits.keyword(rule.id).map(str::to_owned), expected, "{:?} in {:?}", rule.matcher, message);
        }
    }

    #[test]
    fn a_keyword_cut_from_the_message_is_found(
        message in tricky_text(1..16),
        (from, length) in (0_usize..16, 1_usize..6),
    ) {
        let folded = fold(&message);
        let from = from % folded.chars().count().max(1);
        let keyword: String = folded.chars().skip(from).take(length).collect();
        // Cutting may tear a character apart (a syllable from its jamo) or leave a space at an end: folding tells.
        if fold(&keyword) != keyword || keyword.is_empty() {
            return Ok(());
        }
        let config = config(vec![(vec![keyword], MatchMode::Contains, true)]);
        let hits = CompiledConfig::compile(&config).match_keywords(&FoldedMessage::new(&message));
        prop_assert!(hits.iter().next().is_some());
    }

    #[test]
    fn both_finders_find_the_same(
        patterns in prop::collection::hash_set("[ab价é]{1,4}", 1..8),
        text in "[ab价é]{0,20}",
    ) {
        let patterns: Vec<String> = patterns.into_iter().collect();
        let all = |finder: &Finder| {
            let mut found = Vec::new();
            finder.each_match(&text, |number, start, end| found.push((number, start, end)));
            found.sort_unstable();
            found
        };
        let automaton = Finder::new(patterns.clone());
        prop_assert!(matches!(automaton, Finder::Automaton(_)));
        prop_assert_eq!(all(&automaton), all(&Finder::OneByOne(patterns)));
    }
}
