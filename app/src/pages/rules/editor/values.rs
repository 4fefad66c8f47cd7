//! What can be typed into a rule form, and its JSON for the browser's storage.

use crate::json;
use crate::pages::rules::mode_words;
use domain::rules::{
    IntentMatcher, KeywordMatcher, MatchMode, Matcher, ReplyRule, Response, RuleDraft, Starter, Threshold,
    split_examples, split_keywords,
};
use serde::{Deserialize, Serialize};

/// What can be typed into a rule. What a kind does not use is kept, so that changing the kind and back loses no word.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Values {
    pub(super) label: String,
    /// Matches by intent, not by keywords.
    pub(super) by_intent: bool,
    pub(super) keywords: Vec<String>,
    pub(super) mode: MatchMode,
    pub(super) description: String,
    /// One a line.
    #[serde(default)]
    pub(super) examples: String,
    pub(super) threshold: Threshold,
    /// Answered by the AI.
    pub(super) by_ai: bool,
    pub(super) canned: String,
    pub(super) prompt: String,
    pub(super) leave_to_person: bool,
}

impl Values {
    /// As saved.
    pub(super) fn of(rule: &ReplyRule) -> Self {
        let mut values = Self {
            label: rule.label.clone(),
            leave_to_person: rule.leave_to_person,
            ..Self::default()
        };
        match rule.matcher.clone() {
            Matcher::Keywords(matcher) => (values.keywords, values.mode) = (matcher.keywords, matcher.mode),
            Matcher::Prompt(matcher) => {
                values.examples = matcher.examples.join("\n");
                (values.by_intent, values.description, values.threshold) =
                    (true, matcher.description, matcher.threshold);
            }
        }
        match rule.response.clone() {
            Response::Canned(text) => values.canned = text,
            Response::AiPrompt(prompt) => (values.by_ai, values.prompt) = (true, prompt),
        }
        values
    }

    /// As suggested.
    pub(super) fn suggested(starter: Starter) -> Self {
        Self {
            label: starter.label.into(),
            keywords: split_keywords(starter.keywords),
            canned: starter.canned.into(),
            leave_to_person: starter.leave_to_person,
            ..Self::default()
        }
    }

    /// As a draft that the domain checks.
    pub(super) fn draft(self) -> RuleDraft {
        RuleDraft {
            label: self.label,
            matcher: if self.by_intent {
                Matcher::Prompt(IntentMatcher {
                    description: self.description,
                    examples: split_examples(&self.examples),
                    threshold: self.threshold,
                })
            } else {
                Matcher::Keywords(KeywordMatcher {
                    keywords: self.keywords,
                    mode: self.mode,
                })
            },
            response: if self.by_ai {
                Response::AiPrompt(self.prompt)
            } else {
                Response::Canned(self.canned)
            },
            enabled: true,
            leave_to_person: self.leave_to_person,
        }
    }

    /// Every field that says something else than `mine`, with what it says: `keywords: price, cost`.
    pub(super) fn told_against(&self, mine: &Self) -> Vec<String> {
        let mut told = Vec::new();
        let mut differs = |name: &str, is_other: bool, says: String| {
            if is_other {
                told.push(format!("{name}: “{says}”"));
            }
        };
        differs("name", self.label != mine.label, self.label.clone());
        differs(
            "trigger",
            self.by_intent != mine.by_intent,
            if self.by_intent { "Intent" } else { "Keywords" }.into(),
        );
        if self.by_intent {
            differs("intent", self.description != mine.description, self.description.clone());
            differs(
                "list of examples",
                self.examples != mine.examples,
                self.examples.replace('\n', ", "),
            );
            let least = format!("{:.2}", self.threshold.value());
            differs("threshold", self.threshold != mine.threshold, least);
        } else {
            differs(
                "list of keywords",
                self.keywords != mine.keywords,
                self.keywords.join(", "),
            );
            differs("comparison", self.mode != mine.mode, mode_words(self.mode).into());
        }
        let (theirs, ours) = (self.reply(), mine.reply());
        differs("reply", theirs != ours, theirs.1.to_owned());
        let person = if self.leave_to_person {
            "left to a person afterwards"
        } else {
            "not left to a person"
        };
        differs("ending", self.leave_to_person != mine.leave_to_person, person.into());
        told
    }

    fn reply(&self) -> (bool, &str) {
        (self.by_ai, if self.by_ai { &self.prompt } else { &self.canned })
    }

    /// For the storage.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the storage; none when another release wrote it.
    pub(super) fn from_json(text: &str) -> Option<Self> {
        json::read(text).ok()
    }
}

#[cfg(test)]
mod tests;
