//! What to do about one inbound message: pure, so that the pipeline, the simulator and the tests cannot disagree.
//!
//! The gates hold in a fixed order and the first that holds wins; then the rules are walked and the first match wins; the default
//! reply is always last. Every step is explained.

mod facts;
mod gates;
mod intent_model;
mod outcome;
mod walk;

pub use crate::accounts::{AccountFacts, AccountStatus};
pub use crate::messages::MessageKind;
pub use crate::reasons::{Reason, WaitReason};
pub use facts::{AiFacts, ConversationFacts, DecisionInput, IntentScores, MessageFacts, PromptApprovals, ReplyLimits};
pub use intent_model::IntentModel;
pub use outcome::{Decision, Gate, Outcome, RuleVerdict, Step};

use crate::rules::ResponseKind;
use walk::Walked;

/// Decides about one message and explains how.
///
/// A Prompt rule that is reached without a score waits ([`WaitReason::AiUnavailable`], last step [`RuleVerdict::IntentUnavailable`]):
/// the pipeline then embeds the message and decides again; it never falls through to a later rule.
#[must_use]
pub fn decide(input: &DecisionInput<'_>) -> Decision {
    let mut steps = Vec::new();
    if let Some(outcome) = gates::pass(gates::standing(input), &mut steps) {
        return Decision { outcome, steps };
    }
    let (rule, response) = match walk::walk(input, &mut steps) {
        Walked::Won { rule, response } => (rule, response),
        Walked::Stopped(outcome) => return Decision { outcome, steps },
    };
    let ai = (response.kind() == ResponseKind::AiPrompt).then_some(rule);
    let outcome = gates::pass(gates::of_the_answer(input, ai), &mut steps).unwrap_or_else(|| Outcome::Reply {
        rule,
        response: response.clone(),
    });
    Decision { outcome, steps }
}

/// The gates that can close between composing and sending: `None` when the reply may go out.
#[must_use]
pub fn recheck_before_send(input: &DecisionInput<'_>) -> Option<Outcome> {
    gates::pass(gates::standing(input), &mut Vec::new())
}

#[cfg(test)]
mod tests;
