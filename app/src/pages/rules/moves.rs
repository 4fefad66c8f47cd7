//! A move of a rule in the list, whatever input asked for it.

use domain::ids::RuleId;

/// What led to a move; each has its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Step,
    Drop,
    Undo,
}

/// A wish to move a rule; 1 is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) rule: RuleId,
    pub(super) to: u32,
    pub(super) cause: Cause,
}
