//! Warnings in words: what a page shows without the code that finds them.

use serde::{Deserialize, Serialize};

use crate::ids::RuleId;
use crate::warnings::{Warning, Warnings};

/// A warning beside its rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleWarning {
    /// Whose.
    pub rule: RuleId,
    /// What is wrong.
    pub sentence: String,
    /// The keyword it is about, if it is about one.
    pub keyword: Option<String>,
    /// It is about what is replied, not about when.
    #[serde(default)]
    pub about_reply: bool,
    /// What helps, if one step does.
    pub fix: Option<WarningFix>,
}

/// A step that makes a warning go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningFix {
    /// Comparing whole words.
    WholeWords,
    /// Looking at the check of the persona.
    OpenPersona,
    /// Moving the rule to this position.
    MoveAbove(u32),
}

impl Warnings {
    /// Those of the rules, in words.
    #[must_use]
    pub fn in_words(&self) -> Vec<RuleWarning> {
        let of_rules = self.rules.iter();
        let found = of_rules.flat_map(|(rule, found)| found.iter().map(|warning| RuleWarning::new(*rule, warning)));
        found.collect()
    }
}

impl RuleWarning {
    fn new(rule: RuleId, warning: &Warning) -> Self {
        let fix = match (warning, warning.move_above()) {
            (Warning::ShortKeyword { .. }, _) => Some(WarningFix::WholeWords),
            (Warning::PersonaNotApproved, _) => Some(WarningFix::OpenPersona),
            (_, Some(place)) => Some(WarningFix::MoveAbove(place.position)),
            _ => None,
        };
        Self {
            rule,
            sentence: warning.sentence(),
            keyword: warning.keyword().map(str::to_owned),
            about_reply: warning.is_about_reply(),
            fix,
        }
    }
}
