//! Folding over many scripts, word edges, and the automaton held against a brute-force oracle.

mod edges;
mod folding;
mod oracle;
mod scripts;
mod spelling;

use proptest::prelude::*;
use uuid::Uuid;

use crate::ids::RuleId;
use crate::rules::{KeywordMatcher, MatchMode, Matcher, ReplyConfig, ReplyRule, Response};

/// A config of keyword rules, numbered from 1.
fn config(rules: Vec<(Vec<String>, MatchMode, bool)>) -> ReplyConfig {
    let rules = rules
        .into_iter()
        .zip(1..)
        .map(|((keywords, mode, enabled), number)| ReplyRule {
            id: RuleId::from_uuid(Uuid::from_u128(number)),
            label: format!("rule {number}"),
            matcher: Matcher::Keywords(KeywordMatcher { keywords, mode }),
            response: Response::Canned("yes".into()),
            enabled,
            leave_to_person: false,
            version: 1,
        });
    ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("default".into()),
        default_version: 1,
        rules: rules.collect(),
    }
}

/// Text over a small alphabet of troublesome pieces, so that keywords and messages meet often.
fn tricky_text(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a",
        "b",
        "A",
        "é",
        "e\u{301}",
        "ß",
        "ss",
        "i",
        "I",
        "İ",
        "ı",
        "æ",
        "ø",
        "'",
        "\u{2019}",
        ".",
        ":",
        "_",
        "-",
        ",",
        "?",
        " ",
        " ",
        " ",
        "\u{A0}",
        "\n",
        "1",
        "2",
        "½",
        "ﬁ",
        "σ",
        "ς",
        "Σ",
        "ά",
        "и",
        "й",
        "и\u{306}",
        "ب",
        "\u{64E}",
        "א",
        "\"",
        "क",
        "ि",
        "ก",
        "า",
        "价",
        "格",
        "カ",
        "ガ",
        "ﾞ",
        "ー",
        "가",
        "\u{1100}",
        "👍",
        "🏽",
        "\u{200D}",
        "👩",
        "❤",
        "\u{FE0F}",
        "🇩",
        "🇪",
        "\u{20E3}",
        "\u{200B}",
        "\u{200E}",
        "\u{345}",
        "\u{F73}",
        "ŉ",
        "ª",
        "\u{1FFD}",
        "ü",
        "u\u{308}",
        "ue",
        "å",
        "ё",
        "е",
        "أ",
        "ي",
        "ی",
        "\u{5B8}",
        "٣",
        "🏿",
        "~",
        "〜",
        "`",
        "´",
        "“",
        "¿",
        "!",
        ")",
        "–",
        "\u{200C}",
    ];
    prop::collection::vec(prop::sample::select(PIECES), pieces).prop_map(|pieces| pieces.concat())
}
