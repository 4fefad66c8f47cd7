//! A reply config made ready to match: one automaton over the folded keywords of all rules that are on.

use std::collections::HashMap;
use std::sync::Arc;

use super::edges::needs_no_edge;
use super::finder::Finder;
use super::keyword::{has_pair, spellings};
use super::message::{FoldedMessage, FoldedText};
use crate::ids::RuleId;
use crate::rules::{MatchMode, Matcher, ReplyConfig};

/// A reply config with its automaton. Compile once per revision; clones share it.
#[derive(Clone, Debug)]
pub struct CompiledConfig(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    config: ReplyConfig,
    finder: Finder,
    patterns: Vec<Pattern>,
    /// Some pattern has a pair of letters for which people also type an umlaut.
    looks_for_umlauts: bool,
}

/// One folded keyword and everywhere it is used.
#[derive(Debug)]
struct Pattern {
    free_start: bool,
    free_end: bool,
    uses: Vec<Use>,
}

/// Keyword number `keyword` of rule number `rule`.
#[derive(Clone, Copy, Debug)]
struct Use {
    rule: usize,
    keyword: usize,
    mode: MatchMode,
}

impl CompiledConfig {
    /// Compiles `config`. Keywords that fold to nothing never match.
    #[must_use]
    pub fn compile(config: &ReplyConfig) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut folded = Vec::new();
        let mut patterns: Vec<Pattern> = Vec::new();
        for (rule, entry) in config.rules.iter().enumerate() {
            let Matcher::Keywords(matcher) = &entry.matcher else {
                continue;
            };
            if !entry.enabled {
                continue;
            }
            for (keyword, spelled) in matcher.keywords.iter().enumerate() {
                for text in spellings(spelled) {
                    let number = *numbers.entry(text).or_insert_with_key(|text| {
                        folded.push(text.clone());
                        patterns.push(Pattern::of(text));
                        patterns.len() - 1
                    });
                    patterns[number].uses.push(Use {
                        rule,
                        keyword,
                        mode: matcher.mode,
                    });
                }
            }
        }
        Self(Arc::new(Compiled {
            config: config.clone(),
            looks_for_umlauts: folded.iter().any(|text| has_pair(text)),
            finder: Finder::new(folded),
            patterns,
        }))
    }

    /// The config this was compiled from.
    #[must_use]
    pub fn config(&self) -> &ReplyConfig {
        &self.0.config
    }

    /// Finds, for every keyword rule that is on, its first keyword (in the rule's own order) that the message holds. One pass
    /// over the text, a second one where it has umlauts that a keyword may spell out, whatever the number of keywords.
    #[must_use]
    pub fn match_keywords(&self, message: &FoldedMessage) -> KeywordHits {
        let compiled = &*self.0;
        let mut found = vec![None; compiled.config.rules.len()];
        compiled.search(message.plain(), &mut found);
        let typed_out = compiled.looks_for_umlauts.then(|| message.typed_out()).flatten();
        if let Some(text) = typed_out {
            compiled.search(&text, &mut found);
        }
        KeywordHits {
            compiled: Arc::clone(&self.0),
            found,
        }
    }
}

impl Compiled {
    /// Notes the first keyword of each rule, unless an earlier one is noted.
    fn search(&self, message: &FoldedText, found: &mut [Option<usize>]) {
        self.finder.each_match(message.text(), |pattern, start, end| {
            if message.tears(start) || message.tears(end) {
                return;
            }
            let pattern = &self.patterns[pattern];
            for Use { rule, keyword, mode } in pattern.uses.iter().copied() {
                let better = found[rule].is_none_or(|known| keyword < known);
                if better && pattern.sits(mode, message, start, end) {
                    found[rule] = Some(keyword);
                }
            }
        });
    }
}

impl Pattern {
    fn of(text: &str) -> Self {
        Self {
            free_start: text.chars().next().is_some_and(needs_no_edge),
            free_end: text.chars().next_back().is_some_and(needs_no_edge),
            uses: Vec::new(),
        }
    }

    fn sits(&self, mode: MatchMode, message: &FoldedText, start: usize, end: usize) -> bool {
        match mode {
            MatchMode::Contains => true,
            MatchMode::StartsWith => start == 0,
            MatchMode::Exact => start == 0 && end == message.text().len(),
            MatchMode::WholeWord => (self.free_start || message.edge(start)) && (self.free_end || message.edge(end)),
        }
    }
}

/// Which keyword rules matched, and by which keyword.
#[derive(Clone, Debug)]
pub struct KeywordHits {
    compiled: Arc<Compiled>,
    found: Vec<Option<usize>>,
}

impl KeywordHits {
    /// The keyword that made `rule` match, as the admin spelled it.
    #[must_use]
    pub fn keyword(&self, rule: RuleId) -> Option<&str> {
        self.iter().find(|(id, _)| *id == rule).map(|(_, keyword)| keyword)
    }

    /// The rules that matched with their keywords, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = (RuleId, &str)> {
        (0..self.found.len()).filter_map(|position| Some((self.compiled.config.rules[position].id, self.at(position)?)))
    }

    /// The keyword that made the rule at `position` (from 0) match.
    pub(crate) fn at(&self, position: usize) -> Option<&str> {
        let keyword = (*self.found.get(position)?)?;
        match &self.compiled.config.rules.get(position)?.matcher {
            Matcher::Keywords(matcher) => matcher.keywords.get(keyword).map(String::as_str),
            Matcher::Prompt(_) => None,
        }
    }
}
