//! Word edges, sign by sign, and how the four modes stand to each other.

use proptest::prelude::*;

use super::super::edges::{needs_no_edge, word_edges};
use super::super::fold::fold_typed_out;
use super::super::{CompiledConfig, FoldedMessage, fold, spellings};
use super::{config, tricky_text};
use crate::rules::MatchMode::{self, Contains, Exact, StartsWith, WholeWord};

/// The text with a bar at each edge between its two ends.
fn with_bars(text: &str) -> String {
    let edges = word_edges(text);
    let pieces = text.char_indices().map(|(at, c)| {
        let bar = if at > 0 && edges[at] { "|" } else { "" };
        format!("{bar}{c}")
    });
    pieces.collect()
}

#[test]
fn edges_stand_where_a_reader_sees_them() {
    let rows = [
        ("opening hours", "opening| |hours"),
        ("l'heure", "l|'|heure"),
        ("hi.price", "hi|.|price"),
        ("_price_", "_|price|_"),
        ("3.50", "3.50"),
        ("1,000", "1,000"),
        ("10:30", "10|:|30"),
        ("at 9.", "at| |9|."),
        ("v2.x", "v2|.|x"),
        ("e-mail", "e|-|mail"),
        ("50€", "50|€"),
        ("c++", "c|+|+"),
        ("цена!", "цена|!"),
        ("ランチメニュー", "ランチメニュー"),
        ("", ""),
    ];
    for (text, expected) in rows {
        assert_eq!(with_bars(text), expected);
    }
}

#[test]
fn only_scripts_without_spaces_and_emoji_need_no_edge() {
    for c in "价かカ가ขລဈត👍❤⭐⌚⇒🏽".chars() {
        assert!(needs_no_edge(c), "{c}");
    }
    for c in "azéßøωцё5שسअ€!?'-._🇩".chars() {
        assert!(!needs_no_edge(c), "{c}");
    }
}

fn found(keyword: &str, mode: MatchMode, message: &str) -> bool {
    let config = config(vec![(vec![keyword.to_owned()], mode, true)]);
    let hits = CompiledConfig::compile(&config).match_keywords(&FoldedMessage::new(message));
    hits.iter().next().is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_ends_are_edges_and_no_letter_is_cut(text in tricky_text(0..12)) {
        let folded = fold(&text);
        let edges = word_edges(&folded);
        prop_assert_eq!(edges.len(), folded.len() + 1);
        prop_assert!(edges[folded.len()] && (folded.is_empty() || edges[0]));
        for (at, _) in edges.iter().enumerate().filter(|(_, edge)| **edge) {
            prop_assert!(folded.is_char_boundary(at), "{} in {:?}", at, folded);
        }
    }

    /// A stricter mode never finds what a looser one misses.
    #[test]
    fn modes_are_nested(keyword in tricky_text(1..4), message in tricky_text(0..8)) {
        let found = |mode| found(&keyword, mode, &message);
        prop_assert!(!found(Exact) || (found(StartsWith) && found(WholeWord)));
        prop_assert!(!(found(StartsWith) || found(WholeWord)) || found(Contains));
        let ways: Vec<String> = std::iter::once(fold(&message)).chain(fold_typed_out(&message).map(|(text, _)| text)).collect();
        prop_assert_eq!(found(Exact), spellings(&keyword).iter().any(|spelling| ways.contains(spelling)));
    }

    /// What stands between two spaces is a word, in any of these scripts; glued to letters of its own script it is none. Not `å`,
    /// which is also typed `aa`: twice without its ring.
    #[test]
    fn between_spaces_a_word_is_found(
        keyword in "[a-z]{1,6}|[à-ý&&[^÷å]]{1,6}|[а-я]{1,6}|[α-ω]{1,6}|[א-ת]{1,6}|[0-9]{1,4}",
        before in "[a-zа-я ]{0,8}",
        after in "[a-zа-я ]{0,8}",
    ) {
        let message = format!("{before} {keyword} {after}");
        prop_assert!(found(&keyword, WholeWord, &message), "{:?} in {:?}", keyword, message);
        let glued = format!("{keyword}{keyword}");
        prop_assert!(!found(&keyword, WholeWord, &glued), "{:?} in {:?}", keyword, glued);
        prop_assert!(found(&keyword, StartsWith, &glued));
    }

    /// Nothing that is put around a message takes away what its words contain.
    #[test]
    fn more_text_contains_no_less(keyword in "[a-zé价👍]{1,3}", message in "[a-zé价👍 ]{0,12}", more in tricky_text(0..6)) {
        if found(&keyword, Contains, &message) {
            let longer = format!("x {message} x {more}");
            prop_assert!(found(&keyword, Contains, &longer));
        }
    }
}
