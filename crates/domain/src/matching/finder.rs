//! Finding many strings in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Every occurrence of every pattern, overlapping ones included.
#[derive(Debug)]
pub(super) enum Finder {
    /// One automaton for all patterns.
    Automaton(AhoCorasick),
    /// No patterns, or more than an automaton can number (2³¹ states, far beyond every limit).
    OneByOne(Vec<String>),
}

impl Finder {
    /// Takes patterns that are not empty.
    pub(super) fn new(patterns: Vec<String>) -> Self {
        if patterns.is_empty() {
            return Self::OneByOne(patterns);
        }
        // One kind for every size: a steady cost instead of a fast path for small lists, and little memory for large ones.
        AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(&patterns)
            .map_or(Self::OneByOne(patterns), Self::Automaton)
    }

    /// Calls `found(pattern, start, end)` with the pattern's number and byte positions.
    pub(super) fn each_match(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        match self {
            Self::Automaton(automaton) => {
                for hit in automaton.find_overlapping_iter(text) {
                    found(hit.pattern().as_usize(), hit.start(), hit.end());
                }
            }
            Self::OneByOne(patterns) => {
                for (number, pattern) in patterns.iter().enumerate() {
                    let starts = text.char_indices().map(|(start, _)| start);
                    for start in starts.filter(|start| text[*start..].starts_with(pattern.as_str())) {
                        found(number, start, start + pattern.len());
                    }
                }
            }
        }
    }
}
