//! The call to the provider, outside of any transaction, and what its answer is worth.

use domain::answer_checks::HeldBy;

use super::request::Request;
use super::{Composing, answer, conclude};
use crate::ai::{AiError, Completion};
use crate::pipeline::context::PipelineContext;
use crate::pipeline::outcome::WorkError;
use crate::pipeline::prepare::Prepared;
use crate::vault::Content;

/// What came of a call.
pub(super) enum Verdict {
    /// These words may be sent.
    Good { text: Content, hand_over: bool },
    /// A person is to answer; there are no words.
    HandOver,
    /// The checks hold the words back.
    Held { by: HeldBy, hand_over: bool },
    /// It has not the form that was asked for.
    Unreadable,
    /// There is no answer.
    Failed(AiError),
    /// Others had their turn for as long as this reply could wait: nothing was asked.
    NotAsked,
}

/// Asks once and concludes.
pub(in crate::pipeline) async fn ask(context: &PipelineContext, composing: Composing) -> Result<Prepared, WorkError> {
    let answered = call(context, &composing.request).await;
    let usage = answered
        .as_ref()
        .and_then(|answered| answered.as_ref().ok())
        .map(|completion| completion.usage);
    let verdict = match answered {
        None => Verdict::NotAsked,
        Some(Ok(completion)) => judge(&composing.request, &completion),
        Some(Err(AiError::EmptyAnswer)) => held(HeldBy::Empty, false),
        Some(Err(AiError::Filtered)) => held(HeldBy::Filtered, false),
        Some(Err(error)) => Verdict::Failed(error),
    };
    conclude::conclude(context, composing, verdict, usage).await
}

/// Never longer than the claim allows: what comes later is somebody else's to ask. A call that begins has the time that a call may take,
/// so a burst of messages makes replies wait, and no call is cut short and paid for twice. `None`: there was no turn in the rest of it.
async fn call(context: &PipelineContext, request: &Request) -> Option<Result<Completion, AiError>> {
    let Some(ai) = &context.ai else {
        return Some(Err(AiError::Unreachable));
    };
    let longest = context.timings.longest_preparation();
    let longest_call = ai.settings().timeout.min(longest);
    let turn = ai.turn(longest - longest_call).await?;
    let turns = request.turns();
    let question = request.completion(&turns);
    let answered = tokio::time::timeout(longest_call, ai.complete_in(turn, &question)).await;
    Some(answered.unwrap_or(Err(AiError::Timeout)))
}

fn judge(request: &Request, completion: &Completion) -> Verdict {
    if completion.truncated {
        return held(HeldBy::Truncated, false);
    }
    let Some(answer) = answer::read(&completion.text) else {
        return Verdict::Unreadable;
    };
    let hand_over = answer.hand_over;
    if hand_over && answer.text.expose().is_empty() {
        return Verdict::HandOver;
    }
    match request.check(&answer.text) {
        Ok(()) => Verdict::Good {
            text: answer.text,
            hand_over,
        },
        Err(by) => held(by, hand_over),
    }
}

const fn held(by: HeldBy, hand_over: bool) -> Verdict {
    Verdict::Held { by, hand_over }
}
