//! One automaton for many phrases: most clauses hold none, and then nothing else is looked at.

use aho_corasick::AhoCorasick;

use super::clauses::Clause;

/// Phrases that are looked for in clauses.
pub(super) struct Finder {
    automaton: AhoCorasick,
}

impl Finder {
    pub(super) fn new<'a>(phrases: impl Iterator<Item = &'a str>) -> Self {
        let automaton = AhoCorasick::new(phrases.map(|phrase| format!(" {phrase} ")));
        Self {
            automaton: automaton.expect("the phrases are few and short"),
        }
    }

    /// The indices of the phrases that `line` holds, each once, in their order.
    pub(super) fn hits(&self, line: &str) -> Vec<usize> {
        let found = self.automaton.find_overlapping_iter(line);
        let mut hits: Vec<usize> = found.map(|found| found.pattern().as_usize()).collect();
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    pub(super) fn hits_in(&self, clause: &Clause) -> Vec<usize> {
        self.hits(clause.line())
    }
}
