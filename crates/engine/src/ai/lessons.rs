//! What an answer teaches about a model. Some servers ignore what they do not know instead of refusing it.

use serde::de::IgnoredAny;

use super::capabilities::{AnswerLimit, FormatLevel, KnownModels, Reasoning};
use super::chat_answer::Answer;
use super::tokens::fewest_tokens;
use super::turns::Fitted;
use super::{AnswerFormat, CompletionRequest};

/// Servers may count the end of an answer, too.
const COUNTING_SLACK: u32 = 16;

pub(super) fn learn(
    models: &KnownModels,
    model: &str,
    request: &CompletionRequest<'_>,
    fitted: &Fitted<'_>,
    answer: &Answer,
) {
    let too_long = answer
        .written
        .is_some_and(|written| written > fitted.answer_tokens + COUNTING_SLACK);
    let formless = matches!(request.format, AnswerFormat::Json { .. }) && is_whole_but_no_json(answer);
    models.learn(model, |known| {
        if answer.thought && known.reasoning == Reasoning::Unseen {
            known.reasoning = Reasoning::EffortNone;
        }
        if too_long && known.answer_limit == AnswerLimit::MaxCompletionTokens {
            known.answer_limit = AnswerLimit::MaxTokens;
        }
        if formless && known.format == FormatLevel::Schema {
            known.format = FormatLevel::Object;
        }
    });
    if let Some(read) = answer.read.filter(|read| *read < fewest(request, fitted)) {
        tracing::warn!(
            ai.model = model,
            ai.prompt_tokens = read,
            "the model read less than it was sent: the server cuts the front off. Give it a larger context, or lower CONCIERGE_AI_CONTEXT_TOKENS"
        );
    }
}

fn is_whole_but_no_json(answer: &Answer) -> bool {
    let completion = answer
        .completion
        .as_ref()
        .ok()
        .filter(|completion| !completion.truncated);
    completion.is_some_and(|completion| serde_json::from_str::<IgnoredAny>(completion.text.expose()).is_err())
}

fn fewest(request: &CompletionRequest<'_>, fitted: &Fitted<'_>) -> u32 {
    let turns = fitted.turns.iter().map(|turn| fewest_tokens(turn.text));
    turns.fold(fewest_tokens(request.system), u32::saturating_add)
}
