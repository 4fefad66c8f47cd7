//! Saved examples: what a change of the rules would alter, before it is made.

use serde::{Deserialize, Serialize};

use super::{Simulation, SimulatorFacts, TriedMessage, simulate};
use crate::decide::IntentScores;
use crate::ids::{ExampleId, RuleId};
use crate::matching::CompiledConfig;
use crate::rules::{ReplyConfig, Response, RulePlace};

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
        Self::told(config.config(), &simulate(config, facts, message, intents))
    }

    /// What a simulation of it with `config` says.
    #[must_use]
    pub fn told(config: &ReplyConfig, simulation: &Simulation) -> Self {
        let mut rules = config.rules.iter();
        let response = match &simulation.winner {
            Some(place) => rules
                .find(|rule| rule.id == place.rule)
                .map(|rule| rule.response.clone()),
            None => simulation.by_default.then(|| config.default_reply.clone()),
        };
        Self {
            rule: simulation.winner.clone(),
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

    /// It depends on an intent whose score is not known.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.response.is_none()
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

/// What the server found about an example.
#[derive(Clone, Debug)]
pub enum Known {
    /// With the rules as they are.
    Now(ExampleOutcome),
    /// With the rules as they are, or as they were before the change.
    BeforeOrNow(ExampleOutcome),
}

impl Comparison {
    /// With what is known in place of what depends on an intent. What comes out the same by it is not altered.
    #[must_use]
    pub fn settled(mut self, known: impl Fn(&Altered) -> Option<Known>) -> Self {
        for altered in &mut self.altered {
            match known(altered) {
                Some(Known::Now(outcome)) => altered.settle_after(outcome),
                Some(Known::BeforeOrNow(outcome)) if altered.before.is_open() && outcome != altered.after => {
                    altered.before = outcome;
                }
                Some(Known::BeforeOrNow(outcome)) if outcome != altered.before => altered.settle_after(outcome),
                Some(Known::BeforeOrNow(_)) | None => {}
            }
        }
        self.altered.retain(|altered| !altered.before.is_same(&altered.after));
        self
    }
}

impl Altered {
    fn settle_after(&mut self, outcome: ExampleOutcome) {
        if self.after.is_open() {
            self.after = outcome;
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
    let unscored = facts.unscored();
    for (example, message) in examples {
        comparison.total += 1;
        let outcome = |config| ExampleOutcome::of(config, facts, message, &unscored);
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
