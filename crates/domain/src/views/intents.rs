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

/// A confidence as pages show it: two places, cut off. What is not perfect is never shown as 1.00, and what is too far never as the
/// threshold that it misses.
#[must_use]
pub fn shown_confidence(confidence: f64) -> String {
    // Less than any two confidences differ by, and more than arithmetic loses.
    const NOISE: f64 = 1e-6;
    format!("{:.2}", (confidence * 100.0 + NOISE).floor() / 100.0)
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

#[cfg(test)]
mod tests {
    use super::shown_confidence;

    #[test]
    fn only_a_perfect_fit_is_shown_as_one() {
        for (confidence, shown) in [
            (1.0, "1.00"),
            (0.997, "0.99"),
            (0.9999, "0.99"),
            (0.7199, "0.71"),
            (0.72, "0.72"),
            (0.29, "0.29"),
            (0.0, "0.00"),
        ] {
            assert_eq!(shown_confidence(confidence), shown, "{confidence}");
        }
    }
}
