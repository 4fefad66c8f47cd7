//! One account's whole answer book.

use serde::{Deserialize, Serialize};

use super::{Matcher, Response, RuleDraft};
use crate::ids::RuleId;

/// One rule: what it listens for and what it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::FromQueryResult))]
pub struct ReplyRule {
    /// Stable across moves and edits.
    pub id: RuleId,
    /// The admin's name for it.
    pub label: String,
    /// What it listens for.
    pub matcher: Matcher,
    /// What it answers.
    pub response: Response,
    /// Off rules are passed over.
    pub enabled: bool,
    /// After its reply the conversation is left to a person.
    #[serde(default)]
    pub leave_to_person: bool,
    /// Grows with every change of this rule's text.
    pub version: i64,
}

/// The reply config of one account; its key is the account's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyConfig {
    /// Grows with any change; the key of every cache.
    pub revision: i64,
    /// Grows when rules are added, deleted or moved.
    pub list_version: i64,
    /// Answers when no rule matches.
    pub default_reply: Response,
    /// Grows with every change of the default reply.
    pub default_version: i64,
    /// In order: the first match wins.
    pub rules: Vec<ReplyRule>,
}

/// Where a rule stands, for sentences and links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePlace {
    /// Which one.
    pub rule: RuleId,
    /// 1 is first.
    pub position: u32,
    /// Its name.
    pub label: String,
}

impl ReplyConfig {
    /// The rule at `index` (from 0).
    #[must_use]
    pub fn place(&self, index: usize) -> Option<RulePlace> {
        self.rules.get(index).map(|rule| RulePlace {
            rule: rule.id,
            position: u32::try_from(index + 1).unwrap_or(u32::MAX),
            label: rule.label.clone(),
        })
    }

    /// Where `rule` stands.
    #[must_use]
    pub fn place_of(&self, rule: RuleId) -> Option<RulePlace> {
        self.place(self.rules.iter().position(|there| there.id == rule)?)
    }

    /// The config as it would be with `draft` saved: in the place of `rule`, or at the end as a new rule of that id.
    #[must_use]
    pub fn with_draft(&self, rule: RuleId, draft: &RuleDraft) -> Self {
        let mut config = self.clone();
        let saved = |version| ReplyRule::of_draft(rule, draft.clone(), version);
        match config.rules.iter_mut().find(|there| there.id == rule) {
            Some(there) => *there = saved(there.version),
            None => config.rules.push(saved(1)),
        }
        config
    }
}

impl ReplyRule {
    /// The rule that says what `draft` says.
    #[must_use]
    pub fn of_draft(id: RuleId, draft: RuleDraft, version: i64) -> Self {
        Self {
            id,
            label: draft.label,
            matcher: draft.matcher,
            response: draft.response,
            enabled: draft.enabled,
            leave_to_person: draft.leave_to_person,
            version,
        }
    }

    /// What it says, without who and which version it is.
    #[must_use]
    pub fn draft(&self) -> RuleDraft {
        RuleDraft {
            label: self.label.clone(),
            matcher: self.matcher.clone(),
            response: self.response.clone(),
            enabled: self.enabled,
            leave_to_person: self.leave_to_person,
        }
    }
}
