//! What the simulator beside the rule list needs.

use serde::{Deserialize, Serialize};

use crate::ids::ExampleId;
use crate::simulate::{ExampleOutcome, SimulatorFacts, TriedMessage};

/// What the browser needs to warn and to simulate by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulatorData {
    /// What the simulator depends on besides the rules.
    pub facts: SimulatorFacts,
    /// The kept messages, the oldest first.
    pub examples: Vec<ExampleRow>,
}

/// A kept message and what becomes of it with the rules as they are saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleRow {
    /// Which one.
    pub id: ExampleId,
    /// What was typed.
    pub message: TriedMessage,
    /// Who answers it, and what.
    pub outcome: ExampleOutcome,
    /// The same in words: `Rule 2, Prices`.
    pub who: String,
}
