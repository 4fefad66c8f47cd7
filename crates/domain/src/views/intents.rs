//! Intents on the pages: ready-made ones, how well a message fits each, and what the server knows about the saved ones.

use serde::{Deserialize, Serialize};

use crate::ids::RuleId;
use crate::rules::{RulePlace, Threshold};

/// An intent to start a rule from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyMadeIntent {
    /// Its name in forms: `opening_hours`.
    pub id: String,
    /// The name of the rule it becomes.
    pub label: String,
    /// What the customer wants.
    pub description: String,
    /// How customers say it, in several languages; at most [`MAX_INTENT_EXAMPLES`](crate::limits::MAX_INTENT_EXAMPLES).
    pub examples: Vec<String>,
}

/// How well a message fits one Prompt rule that is on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntentConfidence {
    /// Which rule.
    pub place: RulePlace,
    /// From 0 to 1.
    pub confidence: f64,
    /// What the rule needs.
    pub threshold: Threshold,
}

impl IntentConfidence {
    /// Whether the message passes, other rules aside.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.confidence >= self.threshold.value()
    }
}

/// What the server knows about the saved Prompt rules of an account. Empty where it does not know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntentsView {
    /// Rules whose texts are being read: until then messages that reach them wait.
    pub computing: Vec<RuleId>,
    /// Thresholds that fit the saved examples better.
    pub suggested: Vec<SuggestedThreshold>,
    /// Rules that mean nearly the same.
    pub shadowing: Vec<ShadowingIntents>,
}

/// A threshold at which more of the saved examples come out right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuggestedThreshold {
    /// Of which rule.
    pub rule: RuleId,
    /// The better one.
    pub threshold: Threshold,
    /// The saved examples it was computed from.
    pub examples: u32,
}

/// Two Prompt rules that take each other's messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShadowingIntents {
    /// The first in the list.
    pub first: RulePlace,
    /// The other one.
    pub second: RulePlace,
}
