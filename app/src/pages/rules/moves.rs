//! A move of a rule in the list, whatever input asked for it.

use domain::ids::RuleId;

/// What caused a move; each has its own announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Step,
    Drop,
    Undo,
}

/// A rule and its new position; 1 is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) rule: RuleId,
    pub(super) to: u32,
    pub(super) cause: Cause,
}
