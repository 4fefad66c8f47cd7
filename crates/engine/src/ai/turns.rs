//! The conversation as models take it: within their context, and by turns.

use super::{AiError, ChatTurn, CompletionRequest, TurnAuthor, estimate_tokens};

/// What thinking models may think before they answer.
const THINKING_TOKENS: u32 = 1_024;
/// What the format adds around a message.
const TOKENS_PER_MESSAGE: u32 = 8;

/// What is sent of a request.
pub(super) struct Fitted<'a> {
    /// The newest turns that fit; never without the last one.
    pub(super) turns: &'a [ChatTurn<'a>],
    /// How long the answer may be, thoughts included.
    pub(super) answer_tokens: u32,
    /// About what the model reads.
    pub(super) prompt_tokens: u32,
}

/// Leaves out the oldest turns until everything fits into `context` tokens. Some servers cut the front off without a
/// word: there the instructions stand.
pub(super) fn fit<'a>(request: &CompletionRequest<'a>, context: u32) -> Result<Fitted<'a>, AiError> {
    let mut turns = request.turns;
    let mut prompt = message_tokens(request.system);
    prompt = turns
        .iter()
        .fold(prompt, |sum, turn| sum.saturating_add(message_tokens(turn.text)));
    while prompt.saturating_add(request.max_tokens) > context {
        let [oldest, rest @ ..] = turns else {
            return Err(AiError::Overflow);
        };
        if rest.is_empty() {
            return Err(AiError::Overflow);
        }
        prompt -= message_tokens(oldest.text);
        turns = rest;
    }
    Ok(Fitted {
        turns,
        answer_tokens: request.max_tokens.saturating_add(THINKING_TOKENS).min(context - prompt),
        prompt_tokens: prompt,
    })
}

fn message_tokens(text: &str) -> u32 {
    estimate_tokens(text).saturating_add(TOKENS_PER_MESSAGE)
}

/// The turns so that authors alternate and the customer begins: templates of several models refuse anything else.
pub(super) fn alternating(turns: &[ChatTurn<'_>]) -> Vec<(TurnAuthor, String)> {
    let mut messages: Vec<(TurnAuthor, String)> = Vec::new();
    for turn in turns.iter().skip_while(|turn| turn.author == TurnAuthor::Assistant) {
        match messages.last_mut() {
            Some((author, text)) if *author == turn.author => {
                text.push('\n');
                text.push_str(turn.text);
            }
            _ => messages.push((turn.author, turn.text.to_owned())),
        }
    }
    messages
}

#[cfg(test)]
#[path = "turns_tests.rs"]
mod tests;
