//! What the simulator needs.

use serde::{Deserialize, Serialize};

use super::{IntentsView, PromptCheck, RuleWarning};
use crate::ids::ExampleId;
use crate::simulate::{ExampleOutcome, SimulatorFacts, TriedMessage};

/// What the browser needs to warn and to simulate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatorData {
    /// What the simulator depends on besides the rules.
    pub facts: SimulatorFacts,
    /// The saved messages, the oldest first.
    pub examples: Vec<ExampleRow>,
    /// What the server knows about the Prompt rules.
    #[serde(default)]
    pub intents: IntentsView,
    /// How far the check of each AI prompt is, the default reply's last.
    #[serde(default)]
    pub prompts: Vec<PromptCheck>,
    /// About the saved rules.
    #[serde(default)]
    pub warnings: Vec<RuleWarning>,
}

/// A saved message and its outcome with the saved rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleRow {
    /// Which one.
    pub id: ExampleId,
    /// What was typed.
    pub message: TriedMessage,
    /// Who answers it, and what.
    pub outcome: ExampleOutcome,
    /// Who answers, as text: `Rule 2, Prices`.
    pub who: String,
}
