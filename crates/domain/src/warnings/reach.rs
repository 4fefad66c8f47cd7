//! Which keywords of a rule can still decide about a message, and which are always answered by an earlier rule.
//!
//! A keyword reaches its rule when there is a message that holds it and that no earlier rule answers. Such a message can be
//! searched for: around the keyword only the kind of what stands there matters, and there are few kinds ([`Contexts`]). Each
//! candidate is asked of the automaton that the pipeline uses, so that a keyword called free is free; that the kinds are
//! complete is held against brute force by the tests.

use std::collections::BTreeSet;

use super::contexts::Contexts;
use crate::matching::{CompiledConfig, FoldedMessage, KeywordHits, messages_of, spellings};
use crate::rules::{MatchMode, Matcher, ReplyConfig};

#[derive(Debug)]
pub(super) struct Reach<'a> {
    config: &'a ReplyConfig,
    compiled: CompiledConfig,
    contexts: Contexts,
}

impl<'a> Reach<'a> {
    pub(super) fn new(config: &'a ReplyConfig) -> Self {
        let keywords = config.rules.iter().flat_map(|rule| match &rule.matcher {
            Matcher::Keywords(matcher) => matcher.keywords.as_slice(),
            Matcher::Prompt(_) => &[],
        });
        let used: BTreeSet<char> = keywords
            .flat_map(|keyword| spellings(keyword).concat().chars().collect::<Vec<_>>())
            .collect();
        Self {
            config,
            compiled: CompiledConfig::compile(config),
            contexts: Contexts::without(&used),
        }
    }

    /// The positions (from 0) of the rules that answer every message with this keyword of the rule at `position` before it
    /// does, or none if some message gets through.
    pub(super) fn caught(&self, position: usize, keyword: &str, mode: MatchMode) -> Option<Vec<usize>> {
        let mut catchers = BTreeSet::new();
        for folded in spellings(keyword).iter().flat_map(|spelling| messages_of(spelling)) {
            catchers.extend(self.spelling_caught(position, &folded, mode)?);
        }
        Some(catchers.into_iter().collect())
    }

    /// The same for one way of writing it.
    fn spelling_caught(&self, position: usize, folded: &str, mode: MatchMode) -> Option<Vec<usize>> {
        let alone = self.hits(folded);
        let first = self.winner(&alone)?;
        if first >= position {
            return None;
        }
        if let Some(always) = self.always_caught(&alone, position, folded, mode) {
            let both: BTreeSet<usize> = [first, always].into();
            return Some(both.into_iter().collect());
        }
        self.search(position, folded, mode)
    }

    /// An earlier rule that catches by construction, whatever stands around the keyword: the common case, without a search.
    fn always_caught(&self, alone: &KeywordHits, position: usize, folded: &str, mode: MatchMode) -> Option<usize> {
        (0..position).find(|&earlier| {
            let Some(keyword) = alone.at(earlier) else { return false };
            match self.mode(earlier) {
                Some(MatchMode::Contains) => true,
                Some(MatchMode::StartsWith) => matches!(mode, MatchMode::StartsWith | MatchMode::Exact),
                Some(MatchMode::WholeWord) => {
                    mode == MatchMode::Exact
                        || (mode == MatchMode::WholeWord && spellings(keyword).iter().any(|it| it == folded))
                }
                Some(MatchMode::Exact) => mode == MatchMode::Exact,
                None => false,
            }
        })
    }

    fn search(&self, position: usize, folded: &str, mode: MatchMode) -> Option<Vec<usize>> {
        let nothing = [String::new()];
        let (before, after): (&[String], &[String]) = match mode {
            MatchMode::Exact => (&nothing, &nothing),
            MatchMode::StartsWith => (&nothing, &self.contexts.after),
            MatchMode::Contains | MatchMode::WholeWord => (&self.contexts.before, &self.contexts.after),
        };
        let mut catchers = BTreeSet::new();
        for before in before {
            for after in after {
                match self.winner(&self.hits(&format!("{before}{folded}{after}"))) {
                    Some(winner) if winner == position => return None,
                    Some(winner) if winner < position => {
                        catchers.insert(winner);
                    }
                    _ => {}
                }
            }
        }
        Some(catchers.into_iter().collect())
    }

    fn hits(&self, message: &str) -> KeywordHits {
        self.compiled.match_keywords(&FoldedMessage::new(message))
    }

    fn winner(&self, hits: &KeywordHits) -> Option<usize> {
        (0..self.config.rules.len()).find(|position| hits.at(*position).is_some())
    }

    fn mode(&self, position: usize) -> Option<MatchMode> {
        match &self.config.rules[position].matcher {
            Matcher::Keywords(matcher) => Some(matcher.mode),
            Matcher::Prompt(_) => None,
        }
    }
}
