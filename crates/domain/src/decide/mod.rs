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

use crate::ids::RuleId;
use crate::rules::{ReplyRule, ResponseKind};
use gates::Checked;
use walk::Winner;

/// Decides about one message and explains how.
///
/// A Prompt rule that is reached without a score waits ([`WaitReason::AiUnavailable`], last step [`RuleVerdict::IntentUnavailable`]):
/// the pipeline then embeds the message and decides again; it never falls through to a later rule.
#[must_use]
pub fn decide(input: &DecisionInput<'_>) -> Decision {
    let mut steps = Vec::new();
    let outcome = outcome(input, &mut steps).unwrap_or_else(|stopped| stopped);
    Decision { outcome, steps }
}

/// The gates that can close between composing and sending: `None` when the answer of `rule` (`None`: of the default reply) may go out.
#[must_use]
pub fn recheck_before_send(input: &DecisionInput<'_>, rule: Option<RuleId>) -> Option<Outcome> {
    let steps = &mut Vec::new();
    let limit_holds = gates::answered_enough(input) && !leaves_to_person(input, rule);
    gates::pass(gates::of_the_message(input), steps)
        .or_else(|| gates::pass([gates::conversation_limit(limit_holds)], steps))
        .or_else(|| gates::pass(gates::of_the_account(input), steps))
        .or_else(|| gates::pass(gates::of_the_default(input, rule), steps))
}

/// The outcome, or the one that a gate or the walk stopped with.
fn outcome(input: &DecisionInput<'_>, steps: &mut Vec<Step>) -> Result<Outcome, Outcome> {
    stop_at(gates::of_the_message(input), steps)?;
    hold_the_limit(input, steps)?;
    stop_at(gates::of_the_account(input), steps)?;
    let Winner { rule, response } = walk::walk(input, steps)?;
    stop_at(gates::of_the_default(input, rule), steps)?;
    let ai = (response.kind() == ResponseKind::AiPrompt).then_some(rule);
    stop_at(gates::of_the_answer(input, ai), steps)?;
    Ok(Outcome::Reply {
        rule,
        response: response.clone(),
    })
}

fn stop_at(gates: impl IntoIterator<Item = Checked>, steps: &mut Vec<Step>) -> Result<(), Outcome> {
    gates::pass(gates, steps).map_or(Ok(()), Err)
}

/// Beyond the limit only a rule is answered that leaves the conversation to a person: Concierge is quiet in it afterwards, so nothing
/// can answer back and forth.
fn hold_the_limit(input: &DecisionInput<'_>, steps: &mut Vec<Step>) -> Result<(), Outcome> {
    let holds = gates::answered_enough(input) && !asks_for_a_person(input, steps)?;
    stop_at([gates::conversation_limit(holds)], steps)
}

/// Whether the rule that wins leaves the conversation to a person. A score that this depends on is waited for.
fn asks_for_a_person(input: &DecisionInput<'_>, steps: &mut Vec<Step>) -> Result<bool, Outcome> {
    let rules = &input.config.config().rules;
    if !rules.iter().any(|rule| rule.enabled && rule.leave_to_person) {
        return Ok(false);
    }
    let mut walked = Vec::new();
    match walk::walk(input, &mut walked) {
        Ok(winner) => Ok(leaves_to_person(input, winner.rule)),
        Err(waits @ Outcome::Wait { .. }) if may_still_ask_for_a_person(rules, &walked) => {
            steps.append(&mut walked);
            Err(waits)
        }
        Err(_) => Ok(false),
    }
}

/// Whether the rule at which the walk stands, or a later one, leaves to a person: the walk never goes back.
fn may_still_ask_for_a_person(rules: &[ReplyRule], walked: &[Step]) -> bool {
    let passed = walked.iter().filter(|step| matches!(step, Step::Rule { .. })).count();
    let ahead = rules.iter().skip(passed.saturating_sub(1));
    ahead.into_iter().any(|rule| rule.enabled && rule.leave_to_person)
}

fn leaves_to_person(input: &DecisionInput<'_>, rule: Option<RuleId>) -> bool {
    let rules = &input.config.config().rules;
    rules
        .iter()
        .any(|there| Some(there.id) == rule && there.leave_to_person)
}

#[cfg(test)]
mod tests;
