//! A reply config made ready to match: one automaton over the folded keywords of all rules that are on.

use std::collections::HashMap;
use std::sync::Arc;

use super::edges::needs_no_edge;
use super::finder::Finder;
use super::fold::fold;
use super::message::FoldedMessage;
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
                let text = fold(spelled);
                let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
                    continue;
                };
                let number = *numbers.entry(text).or_insert_with_key(|text| {
                    folded.push(text.clone());
                    patterns.push(Pattern {
                        free_start: needs_no_edge(first),
                        free_end: needs_no_edge(last),
                        uses: Vec::new(),
                    });
                    patterns.len() - 1
                });
                patterns[number].uses.push(Use {
                    rule,
                    keyword,
                    mode: matcher.mode,
                });
            }
        }
        Self(Arc::new(Compiled {
            config: config.clone(),
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
    /// over the text, whatever the number of keywords.
    #[must_use]
    pub fn match_keywords(&self, message: &FoldedMessage) -> KeywordHits {
        let compiled = &*self.0;
        let mut found = vec![None; compiled.config.rules.len()];
        compiled.finder.each_match(message.text(), |pattern, start, end| {
            let pattern = &compiled.patterns[pattern];
            for Use { rule, keyword, mode } in pattern.uses.iter().copied() {
                let better = found[rule].is_none_or(|known| keyword < known);
                if better && pattern.sits(mode, message, start, end) {
                    found[rule] = Some(keyword);
                }
            }
        });
        KeywordHits {
            compiled: Arc::clone(&self.0),
            found,
        }
    }
}

impl Pattern {
    fn sits(&self, mode: MatchMode, message: &FoldedMessage, start: usize, end: usize) -> bool {
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
