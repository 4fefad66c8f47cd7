//! What a model is asked.

use serde_json::Value;

/// What an answer is for; decides the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModelRole {
    /// Writing to a customer.
    Reply,
    /// Judging a text of the owner's.
    Safety,
}

impl ModelRole {
    /// Its name in metrics and spans.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Safety => "safety",
        }
    }
}

/// The form of the answer.
#[derive(Clone, Copy, Debug)]
pub enum AnswerFormat<'a> {
    /// Words.
    Text,
    /// JSON. Endpoints that cannot be held to a schema are asked for any JSON, or just asked: the caller reads strictly
    /// what comes. `system` has to contain the word JSON.
    Json {
        /// The name of the schema: letters, digits, `_` and `-`.
        name: &'a str,
        /// The JSON Schema, fit for OpenAI's strict mode.
        schema: &'a Value,
    },
}

/// Who wrote a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnAuthor {
    /// The customer: role `user`.
    Customer,
    /// We: role `assistant`.
    Assistant,
}

/// One message of the conversation.
#[derive(Clone, Copy)]
pub struct ChatTurn<'a> {
    /// Who wrote it.
    pub author: TurnAuthor,
    /// Its words.
    pub text: &'a str,
}

/// A question to a model. It has no `Debug`: it holds a customer's words.
#[derive(Clone, Copy)]
pub struct CompletionRequest<'a> {
    /// Decides the model.
    pub role: ModelRole,
    /// The one system message.
    pub system: &'a str,
    /// Oldest first. When all of them do not fit the model's context, the oldest are left out; the last one never.
    pub turns: &'a [ChatTurn<'a>],
    /// The longest answer, in tokens, without what a thinking model thinks.
    pub max_tokens: u32,
    /// The form of the answer.
    pub format: AnswerFormat<'a>,
}
