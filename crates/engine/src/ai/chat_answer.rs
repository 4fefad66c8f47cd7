//! Reads an answer of `/chat/completions`, tolerantly: almost every member may be missing or of another type.

use serde_json::Value;

use super::thinking::without_thoughts;
use super::{AiError, Completion, TokenUsage, estimate_tokens};
use crate::vault::Content;

/// An answer, and what it tells about the model.
pub(super) struct Answer {
    /// The words, or why there are none.
    pub(super) completion: Result<Completion, AiError>,
    /// The model thought first.
    pub(super) thought: bool,
    /// Tokens that the endpoint says it read.
    pub(super) read: Option<u32>,
    /// Tokens that the endpoint says the model wrote.
    pub(super) written: Option<u32>,
}

pub(super) fn read(body: &Value, asked_model: &str, estimated_prompt: u32) -> Answer {
    let choice = body.pointer("/choices/0");
    let message = choice.and_then(|choice| choice.get("message")).unwrap_or(&Value::Null);
    let text = content(message.get("content"));
    let spoken = without_thoughts(&text);
    let (read, written) = (tokens(body, "prompt_tokens"), tokens(body, "completion_tokens"));
    let usage = TokenUsage {
        prompt: read.unwrap_or(estimated_prompt),
        completion: written.unwrap_or_else(|| estimate_tokens(&text)),
    };
    let words = spoken.words.filter(|words| !words.is_empty());
    let whole = |words: &str, truncated| Completion {
        text: Content::new(words.to_owned()),
        usage,
        model: body
            .get("model")
            .and_then(Value::as_str)
            .unwrap_or(asked_model)
            .to_owned(),
        is_counted: read.is_some(),
        truncated,
    };
    let completion = match (choice.map(Ending::of), words) {
        (None, _) => Err(AiError::Unreadable),
        (Some(Ending::Filtered), _) => Err(AiError::Filtered),
        (Some(Ending::Failed), _) => Err(AiError::Server),
        (Some(_), None) if is_text(message.get("refusal")) => Err(AiError::Filtered),
        (Some(_), None) => Err(AiError::EmptyAnswer),
        (Some(Ending::CutOff), Some(words)) => Ok(whole(words, true)),
        (Some(Ending::Whole), Some(words)) => Ok(whole(words, false)),
    };
    Answer {
        completion,
        thought: spoken.thought || has_reasoning(body, message),
        read,
        written,
    }
}

/// A string, or an array of parts of which those with text count.
fn content(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts.iter().filter_map(part).collect(),
        _ => String::new(),
    }
}

fn part(part: &Value) -> Option<&str> {
    let kind = part.get("type").and_then(Value::as_str).unwrap_or("text");
    let is_words = matches!(kind, "text" | "output_text");
    part.as_str()
        .or_else(|| part.get("text").filter(|_| is_words)?.as_str())
}

fn is_text(value: Option<&Value>) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| !text.is_empty())
}

fn has_reasoning(body: &Value, message: &Value) -> bool {
    is_text(message.get("reasoning"))
        || is_text(message.get("reasoning_content"))
        || body
            .pointer("/usage/completion_tokens_details/reasoning_tokens")
            .and_then(Value::as_u64)
            .is_some_and(|tokens| tokens > 0)
}

/// A count that is missing, zero or no number is not known.
fn tokens(body: &Value, name: &str) -> Option<u32> {
    let count = body.get("usage")?.get(name)?;
    let count = count
        .as_u64()
        .or_else(|| count.as_f64().map(|count| count.max(0.0) as u64));
    count
        .filter(|count| *count > 0)
        .and_then(|count| u32::try_from(count).ok())
}

/// How an answer ended.
enum Ending {
    Whole,
    CutOff,
    Filtered,
    Failed,
}

impl Ending {
    /// Servers invent their own names for the end of an answer; what is none of the bad ones is a good one.
    fn of(choice: &Value) -> Self {
        let reason = choice.get("finish_reason");
        let reason = reason.and_then(Value::as_str).unwrap_or_default().to_lowercase();
        match reason.as_str() {
            "length" | "max_tokens" | "model_length" => Self::CutOff,
            "content_filter" | "safety" | "prohibited_content" | "blocklist" | "recitation" => Self::Filtered,
            "error" | "abort" | "aborted" | "cancelled" => Self::Failed,
            _ => Self::Whole,
        }
    }
}

#[cfg(test)]
#[path = "chat_answer_tests.rs"]
mod tests;
