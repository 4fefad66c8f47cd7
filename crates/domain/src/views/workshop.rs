//! What stands around the rule list: the simulator, the examples, the history, and what a whole new config would change.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::ids::{ChangeId, ConversationId, ExampleId};
use crate::names::named_enum;
use crate::reply_config::ConfigDiff;
use crate::simulate::{Comparison, ExampleOutcome, SimulatorFacts, TriedMessage};

/// What the browser needs to warn and to simulate by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workshop {
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

named_enum! {
    /// Which side of a change to go back to.
    pub enum ChangeSide {
        /// Right before it: undoes it and everything after it.
        Before = "before",
        /// Right after it: undoes everything after it.
        After = "after",
    }
}

/// One change of a reply config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigChange {
    /// Goes back with a wish to restore.
    pub id: ChangeId,
    /// When.
    pub when: Moment,
    /// Who, if a person did.
    pub by: Option<String>,
    /// `Prices moved to 2 of 6.`
    pub what: String,
    /// Before and after.
    pub diff: ConfigDiff,
}

/// What a whole new config would change: shown before an import, a copy and a restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigPreview {
    /// Of the config that was looked at; goes back with the wish.
    pub revision: i64,
    /// `2 rules are added, 1 rule is changed.`
    pub sentence: String,
    /// One by one.
    pub diff: ConfigDiff,
    /// The examples that come out otherwise.
    pub examples: Comparison,
}

/// A conversation in which Concierge keeps quiet for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietConversation {
    /// Goes back with *Resume*.
    pub id: ConversationId,
    /// The end of the customer's id, as in the message log: `··4821`.
    pub customer: String,
    /// Since when.
    pub since: Moment,
    /// Until when, unless somebody resumes.
    pub until: Moment,
    /// A rule left it to a person, and none has written since.
    pub waits_for_person: bool,
}
