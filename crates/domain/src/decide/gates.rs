//! The gates, in the order in which they hold.

use super::{AccountStatus, DecisionInput, Gate, Outcome, Reason, Step, WaitReason};
use crate::ids::RuleId;

/// A gate and, if it holds, what follows.
pub(super) struct Checked {
    gate: Gate,
    stops: Option<Outcome>,
}

/// Records the gates up to the first that holds and returns what follows from it.
pub(super) fn pass(gates: impl IntoIterator<Item = Checked>, steps: &mut Vec<Step>) -> Option<Outcome> {
    gates.into_iter().find_map(|Checked { gate, stops }| {
        steps.push(Step::Gate {
            gate,
            stopped: stops.is_some(),
        });
        stops
    })
}

/// Gate 1, the limit of the conversation aside: whether the message is to be answered by Concierge at all.
pub(super) fn of_the_message(input: &DecisionInput<'_>) -> [Checked; 8] {
    let DecisionInput {
        account,
        message,
        conversation,
        limits,
        now,
        ..
    } = input;
    [
        silence(
            Reason::AccountDisconnected,
            account.status == AccountStatus::Disconnected,
        ),
        silence(Reason::AccountDisabled, !account.enabled),
        silence(Reason::AutoReplyOff, !account.auto_reply),
        silence(Reason::UnsentByCustomer, message.unsent),
        silence(Reason::HumanAnswered, conversation.human_answered),
        silence(
            Reason::HumanActive,
            conversation.human_active_until.is_some_and(|until| *now < until),
        ),
        silence(Reason::WindowClosed, *now >= conversation.window_until),
        silence(Reason::TooOld, now.since(message.occurred_at) > limits.max_age),
    ]
}

/// Whether the conversation had as many automatic replies as it may get.
pub(super) fn answered_enough(input: &DecisionInput<'_>) -> bool {
    let DecisionInput {
        conversation, limits, ..
    } = input;
    conversation.replies_in_10_minutes >= limits.per_10_minutes
        || conversation.replies_in_24_hours >= limits.per_24_hours
}

/// The end of gate 1.
pub(super) fn conversation_limit(holds: bool) -> Checked {
    silence(Reason::ConversationLimit, holds)
}

/// Gate 2: whether the account can send now.
pub(super) fn of_the_account(input: &DecisionInput<'_>) -> [Checked; 3] {
    let DecisionInput { account, now, .. } = input;
    let paused_until = match account.status {
        AccountStatus::Paused { until } if *now < until => Some(until),
        _ => None,
    };
    [
        wait(
            WaitReason::NeedsReconnect,
            account.status == AccountStatus::NeedsReconnect,
            None,
        ),
        wait(
            WaitReason::NeedsAttention,
            account.status == AccountStatus::NeedsAttention,
            None,
        ),
        wait(WaitReason::Paused, paused_until.is_some(), paused_until),
    ]
}

/// After matching, before the gates of the answer: what the default reply meets, where it won.
pub(super) fn of_the_default(input: &DecisionInput<'_>, rule: Option<RuleId>) -> Option<Checked> {
    let holds = input.default_reply.had_enough(input.now);
    rule.is_none().then(|| silence(Reason::DefaultReplySent, holds))
}

/// Gates 4 and 5: those that depend on the winning response. `ai`: whose AI prompt won, `None` within being the default reply.
pub(super) fn of_the_answer(input: &DecisionInput<'_>, ai: Option<Option<RuleId>>) -> Vec<Checked> {
    let mut gates = Vec::new();
    if let Some(prompt) = ai {
        gates.extend([
            silence(Reason::AiOff, !input.ai.available),
            silence(Reason::PersonaNotApproved, !input.ai.persona_approved),
            silence(Reason::PromptNotApproved, !input.prompts.approved(prompt)),
        ]);
    }
    gates.push(silence(
        Reason::NoCredits,
        !input.credits_available && !input.already_reserved,
    ));
    gates
}

/// Gate 3, which only a message without words meets.
pub(super) fn no_text(default_is_ai: bool) -> Checked {
    silence(Reason::NoText, default_is_ai)
}

fn silence(reason: Reason, holds: bool) -> Checked {
    Checked {
        gate: Gate::Silence(reason),
        stops: holds.then_some(Outcome::Silence(reason)),
    }
}

fn wait(reason: WaitReason, holds: bool, until: Option<crate::time::Timestamp>) -> Checked {
    Checked {
        gate: Gate::Wait(reason),
        stops: holds.then_some(Outcome::Wait { reason, until }),
    }
}
