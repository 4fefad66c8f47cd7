//! Saved examples: what a change of the rules would alter, before it is made.

use serde::{Deserialize, Serialize};

use super::{SimulatorFacts, TriedMessage, simulate};
use crate::decide::IntentScores;
use crate::ids::{ExampleId, RuleId};
use crate::matching::CompiledConfig;
use crate::rules::{Response, RulePlace};

/// What becomes of an example, gates aside: they depend on the day, not on the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleOutcome {
    /// The rule that answers; none for the default reply, or when nothing is decided.
    pub rule: Option<RulePlace>,
    /// What is answered; none when a Prompt rule stands in the way whose score only the server knows.
    pub response: Option<Response>,
}

impl ExampleOutcome {
    /// Tries one message.
    #[must_use]
    pub fn of(config: &CompiledConfig, facts: &SimulatorFacts, message: &TriedMessage, intents: &IntentScores) -> Self {
        let simulation = simulate(config, facts, message, intents);
        let rules = &config.config().rules;
        let response = match &simulation.winner {
            Some(place) => rules
                .iter()
                .find(|rule| rule.id == place.rule)
                .map(|rule| rule.response.clone()),
            None => simulation.by_default.then(|| config.config().default_reply.clone()),
        };
        Self {
            rule: simulation.winner,
            response,
        }
    }

    /// Who answers: `Rule 2, Prices`, `Default reply`, `Depends on an intent`.
    #[must_use]
    pub fn who(&self) -> String {
        match (&self.rule, &self.response) {
            (Some(place), _) => format!("Rule {}, {}", place.position, place.label),
            (None, Some(_)) => "Default reply".into(),
            (None, None) => "Depends on an intent".into(),
        }
    }

    /// A rule that only changed its place or its name answers the same.
    fn is_same(&self, other: &Self) -> bool {
        let rule = |outcome: &Self| -> Option<RuleId> { outcome.rule.as_ref().map(|place| place.rule) };
        rule(self) == rule(other) && self.response == other.response
    }
}

/// An example that a change alters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Altered {
    /// Which one.
    pub example: ExampleId,
    /// What was typed.
    pub message: TriedMessage,
    /// As the rules are.
    pub before: ExampleOutcome,
    /// As they would be.
    pub after: ExampleOutcome,
}

/// All examples, before and after a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many there are.
    pub total: usize,
    /// Those that come out otherwise.
    pub altered: Vec<Altered>,
}

impl Comparison {
    /// `This change alters 2 of 14 examples.`; none when there are no examples.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        match (self.total, self.altered.len()) {
            (0, _) => None,
            (1, 0) => Some("This change does not alter the only example.".into()),
            (1, _) => Some("This change alters the only example.".into()),
            (total, 0) => Some(format!("This change alters none of {total} examples.")),
            (total, altered) => Some(format!("This change alters {altered} of {total} examples.")),
        }
    }
}

/// Tries every example on both.
#[must_use]
pub fn compare<'a>(
    before: &CompiledConfig,
    after: &CompiledConfig,
    facts: &SimulatorFacts,
    examples: impl IntoIterator<Item = (ExampleId, &'a TriedMessage)>,
) -> Comparison {
    let mut comparison = Comparison::default();
    for (example, message) in examples {
        comparison.total += 1;
        let outcome = |config| ExampleOutcome::of(config, facts, message, &IntentScores::Unavailable);
        let (before, after) = (outcome(before), outcome(after));
        if !before.is_same(&after) {
            comparison.altered.push(Altered {
                example,
                message: message.clone(),
                before,
                after,
            });
        }
    }
    comparison
}
