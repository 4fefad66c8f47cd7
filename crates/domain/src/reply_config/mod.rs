//! A reply config as a whole: what it says at one moment, how two of them differ, and the file it travels in.
//!
//! Import, copy, history and restore are one mechanism: each makes the config say what a [`Snapshot`] says.

mod diff;
mod file;
mod file_error;
mod part;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::RuleId;
use crate::rules::{ReplyConfig, ReplyRule, Response, RuleDraft};
pub use diff::{ConfigDiff, RuleDiff};
pub use file::{ReplyConfigFile, read_file, write_file};
pub use part::Part;

/// What a reply config says: default reply and rules in order, without versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Answers when no rule matches.
    pub default_reply: Response,
    /// In order. No id twice.
    pub rules: Vec<KnownRule>,
}

/// What a rule says, and which one it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRule {
    /// Stable across moves and edits.
    pub id: RuleId,
    /// What it says.
    pub rule: RuleDraft,
}

impl Snapshot {
    /// What `config` says.
    #[must_use]
    pub fn of(config: &ReplyConfig) -> Self {
        let rules = config.rules.iter().map(|rule| KnownRule {
            id: rule.id,
            rule: rule.draft(),
        });
        Self {
            default_reply: config.default_reply.clone(),
            rules: rules.collect(),
        }
    }

    /// What `file` says, as a change of `present`: a rule of the same name stays the same rule, with its counts, and the others
    /// are new.
    #[must_use]
    pub fn imported(present: &Self, file: ReplyConfigFile, mut new_id: impl FnMut() -> RuleId) -> Self {
        let mut taken = BTreeSet::new();
        let mut same_name = |label: &str| {
            let mut free = present.rules.iter().filter(|known| known.rule.label == label);
            free.find_map(|known| taken.insert(known.id).then_some(known.id))
        };
        let rules = file.rules.into_iter().map(|rule| KnownRule {
            id: same_name(&rule.label).unwrap_or_else(&mut new_id),
            rule,
        });
        Self {
            rules: rules.collect(),
            default_reply: file.default_reply,
        }
    }

    /// As a config that can be compiled and tried. Its versions mean nothing.
    #[must_use]
    pub fn config(&self) -> ReplyConfig {
        let rules = self.rules.iter().cloned();
        ReplyConfig {
            revision: 0,
            list_version: 0,
            default_reply: self.default_reply.clone(),
            default_version: 0,
            rules: rules
                .map(|known| ReplyRule::of_draft(known.id, known.rule, 0))
                .collect(),
        }
    }

    pub(crate) fn rule(&self, id: RuleId) -> Option<&RuleDraft> {
        self.rules.iter().find(|known| known.id == id).map(|known| &known.rule)
    }

    pub(crate) fn order(&self) -> Vec<RuleId> {
        self.rules.iter().map(|known| known.id).collect()
    }
}

#[cfg(test)]
mod tests;
