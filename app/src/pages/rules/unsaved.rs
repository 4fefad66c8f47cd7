//! The rules as they would be with what is being written in the open editors: what is tried, and warned about, before it is saved.

use domain::disclosure::does_not_fit;
use domain::ids::RuleId;
use domain::rules::{Matcher, ReplyConfig, ReplyRule, Response, RuleDraft};

/// A rule that is being written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct UnsavedRule {
    /// None while it is new.
    pub(super) rule: Option<RuleId>,
    pub(super) draft: RuleDraft,
}

/// The rules as they are tried.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TriedRules {
    pub(super) config: ReplyConfig,
    /// How many of the rules that are being written are in it.
    pub(super) counted: usize,
    /// How many are being written.
    pub(super) written: usize,
}

impl TriedRules {
    /// `line`: what stands before a reply where that is due, which it must leave room for.
    pub(super) fn of(saved: &ReplyConfig, unsaved: &[UnsavedRule], line: Option<&str>) -> Self {
        let ready: Vec<UnsavedRule> = unsaved.iter().filter_map(|rule| rule.ready(saved, line)).collect();
        Self {
            config: ready
                .iter()
                .fold(saved.clone(), |config, rule| rule.written_into(&config)),
            counted: ready.len(),
            written: unsaved.len(),
        }
    }

    /// Whether what is being written counts; `counts` is whether the answer is one of these rules.
    pub(super) fn sentence(&self, counts: bool) -> Option<String> {
        let counted = if counts { self.counted } else { 0 };
        let sentence = match (counted, self.written) {
            (_, 0) => return None,
            (0, 1) => "Without the rule you are writing: it is tried once saved.".to_owned(),
            (0, written) => format!("Without the {written} rules you are writing: they are tried once saved."),
            (1, 1) => "With the rule you are writing, not saved yet.".to_owned(),
            (counted, written) if counted == written => {
                format!("With the {written} rules you are writing, not saved yet.")
            }
            (counted, written) => {
                format!(
                    "With {counted} of the {written} rules you are writing, not saved yet. The rest is tried once saved."
                )
            }
        };
        Some(sentence)
    }
}

impl UnsavedRule {
    /// Of a new rule an id that no saved one has.
    pub(super) fn id(&self) -> RuleId {
        self.rule.unwrap_or_else(new_rule)
    }

    /// `config` with the rule in its place, on or off as it is saved; a new one is on, and the last.
    pub(super) fn written_into(&self, config: &ReplyConfig) -> ReplyConfig {
        let draft = RuleDraft {
            enabled: self.saved_in(config).is_none_or(|saved| saved.enabled),
            ..self.draft.clone()
        };
        config.with_draft(self.id(), &draft)
    }

    /// As it would be saved. None while it is not complete, and where only the server could tell what it does: it alone compares with
    /// intents, and knows which prompts passed their check.
    fn ready(&self, config: &ReplyConfig, line: Option<&str>) -> Option<Self> {
        let draft = self.draft.validate().ok()?;
        if does_not_fit(line, &draft.label, &draft.response).is_some() {
            return None;
        }
        let saved = self.saved_in(config);
        let by_keywords = matches!(draft.matcher, Matcher::Keywords(_));
        let is_canned = matches!(draft.response, Response::Canned(_));
        let known = by_keywords || saved.is_some_and(|saved| saved.matcher == draft.matcher);
        let sendable = is_canned || saved.is_some_and(|saved| saved.response == draft.response);
        (known && sendable).then_some(Self { rule: self.rule, draft })
    }

    fn saved_in<'a>(&self, config: &'a ReplyConfig) -> Option<&'a ReplyRule> {
        config.rules.iter().find(|saved| Some(saved.id) == self.rule)
    }
}

/// Stands for the rule that is being added.
fn new_rule() -> RuleId {
    RuleId::from_uuid(uuid::Uuid::nil())
}

/// Where the page shows the rule.
pub(super) fn anchor(rule: RuleId) -> String {
    if rule == new_rule() {
        "#rule-new".to_owned()
    } else {
        format!("#rule-{rule}")
    }
}

#[cfg(test)]
mod tests;
