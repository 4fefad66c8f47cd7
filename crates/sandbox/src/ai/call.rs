//! The log of calls of the AI provider, with everything that was sent.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AiCall {
    /// A reply to a customer.
    Reply,
    /// A verdict about a text.
    Judge,
    /// Vectors.
    Embedding,
    /// Any other chat completion.
    Other,
}

/// One call, as it came in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AiRequest {
    /// What it was for.
    pub call: AiCall,
    /// The whole body.
    pub body: Value,
    /// The name of the header that brought a key.
    pub key_header: Option<String>,
    /// `None` when the connection was cut.
    pub status: Option<u16>,
    /// Name of the fault that decided the answer.
    pub fault: Option<&'static str>,
    /// Unix time in milliseconds, by the sandbox's clock.
    pub at_ms: i64,
}

impl AiRequest {
    /// The system message; empty if there is none.
    pub fn system(&self) -> &str {
        self.message("system")
    }

    /// The last message of the customer, or the data of a judge.
    pub fn user(&self) -> &str {
        self.message("user")
    }

    fn message(&self, role: &str) -> &str {
        let messages = self.body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let last = messages.iter().rev().find(|message| message["role"] == role);
        last.and_then(|message| message["content"].as_str()).unwrap_or_default()
    }

    /// Whether `words` stand in any message or input.
    pub fn contains(&self, words: &str) -> bool {
        holds(&self.body, words)
    }
}

fn holds(value: &Value, words: &str) -> bool {
    match value {
        Value::String(text) => text.contains(words),
        Value::Array(items) => items.iter().any(|item| holds(item, words)),
        Value::Object(members) => members.values().any(|member| holds(member, words)),
        _ => false,
    }
}
