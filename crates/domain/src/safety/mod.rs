//! Whether a text of an owner's may steer the AI: a deterministic [`screen`], then the verdict of a judge model.
//!
//! The server decides, not the model: a text is approved only when everything the judge said fits together, and whatever does not
//! fit leaves it unchecked. The engine asks the judge; what it is asked and how its answer is read stands here.

mod category;
mod finding;
mod judge;
pub mod probes;
pub mod screen;
mod verdict;

pub use category::Category;
pub use finding::{Finding, Findings, Severity};
pub use judge::{JudgeQuestion, PartOrder, VERDICT_SCHEMA, VERDICT_SCHEMA_NAME, judge_instructions};
pub use verdict::{Contradiction, Judged};

/// Grows with every change of the policy: categories, instructions of the judge, the screen, the envelope. What was approved
/// under an earlier one is checked again, and keeps answering for a few days meanwhile.
pub const POLICY_VERSION: u32 = 1;

#[cfg(test)]
mod tests;
