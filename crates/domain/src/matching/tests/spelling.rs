//! What one keyword stands for: umlauts typed out, punctuation around it, and itself in every mode.

use proptest::prelude::*;

use super::super::keyword::messages_of;
use super::super::{CompiledConfig, FoldedMessage, fold, spellings};
use super::{config, tricky_text};
use crate::rules::MatchMode;

fn found(keyword: &str, mode: MatchMode, message: &str) -> bool {
    let config = config(vec![(vec![keyword.to_owned()], mode, true)]);
    let hits = CompiledConfig::compile(&config).match_keywords(&FoldedMessage::new(message));
    hits.iter().next().is_some()
}

#[test]
fn spellings_are_few_and_named() {
    let rows: [(&str, &[&str]); 22] = [
        ("price", &["price"]),
        ("Price?", &["price", "price?"]),
        ("für", &["fur", "fuer"]),
        ("Für?", &["fur", "fur?", "fuer", "fuer?"]),
        ("fuer", &["fuer"]),
        ("blåbær", &["blabaer", "blaabaer"]),
        ("øl", &["ol", "oel"]),
        ("¿Cuánto?", &["cuanto", "¿cuanto?"]),
        ("prix ?", &["prix", "prix ?"]),
        ("(M)", &["m", "(m)"]),
        ("1.", &["1", "1."]),
        ("السعر؟", &["السعر", "السعر؟"]),
        ("値段？", &["値段", "値段?"]),
        ("👍!!", &["👍", "👍!!"]),
        // A sign that belongs to the word, or stands for itself.
        ("c++", &["c++"]),
        ("50%", &["50%"]),
        ("#sale", &["#sale"]),
        (".net", &[".net"]),
        (":D", &[":d"]),
        ("12\"", &["12\""]),
        ("?!", &["?!"]),
        ("\u{200B}", &[]),
    ];
    for (keyword, expected) in rows {
        assert_eq!(spellings(keyword), expected, "{keyword}");
    }
}

#[test]
fn messages_with_a_spelling_have_umlauts_for_its_pairs() {
    assert_eq!(messages_of("price"), ["price"]);
    assert_eq!(messages_of("fuer"), ["fuer", "für"]);
    assert_eq!(
        messages_of("uebergroesse"),
        ["uebergroesse", "übergroesse", "uebergrösse", "übergrösse"]
    );
    assert_eq!(messages_of("aaa"), ["aaa", "åa", "aå", "aå"]);
    assert_eq!(messages_of("ae ae ae ae").len(), 6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// A message that is the keyword and nothing else is found in every mode.
    #[test]
    fn a_keyword_finds_itself(keyword in prop_oneof![tricky_text(1..8), any::<String>()]) {
        prop_assume!(!fold(&keyword).is_empty());
        for mode in MatchMode::all() {
            prop_assert!(found(&keyword, *mode, &keyword), "{:?} {:?}", keyword, mode);
        }
    }

    /// One spelling finds the other and is found by it, in every mode.
    #[test]
    fn umlauts_are_found_both_ways(word in "[b-df-z]{0,3}[äöü][b-df-z]{1,3}[ÄÖÜ]?[b-df-z]{0,2}") {
        let lower = word.to_lowercase();
        let typed_out = lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        let plain = lower.replace('ä', "a").replace('ö', "o").replace('ü', "u");
        for mode in MatchMode::all() {
            prop_assert!(found(&word, *mode, &typed_out) && found(&typed_out, *mode, &word));
            prop_assert!(found(&word, *mode, &plain) && found(&plain, *mode, &word));
            prop_assert!(!found(&typed_out, *mode, &plain) && !found(&plain, *mode, &typed_out));
        }
    }

    /// Punctuation around a keyword asks for nothing, and takes nothing away.
    #[test]
    fn punctuation_around_a_keyword_is_ignored(
        before in "[\"'(¿¡„«]{0,2}", word in "[a-zéа-я価]{1,6}", after in "[.,;:!?…)\"»。？]{0,3}", message in "[a-zéа-я価 .?]{0,12}",
    ) {
        let keyword = format!("{before}{word}{after}");
        for mode in MatchMode::all() {
            prop_assert!(found(&keyword, *mode, &word), "{:?} finds {:?}", keyword, word);
            prop_assert!(!found(&word, *mode, &message) || found(&keyword, *mode, &message));
        }
    }

    /// Texts that fold alike find each other.
    #[test]
    fn what_folds_alike_is_found_alike(one in tricky_text(1..6), message in tricky_text(0..6)) {
        let folded = fold(&message);
        for mode in MatchMode::all() {
            if found(&one, *mode, &folded) {
                prop_assert!(found(&one, *mode, &message), "{:?} in {:?}", one, message);
            }
        }
    }
}
