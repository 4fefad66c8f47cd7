//! A chat request as the pretend provider reads it, and what it refuses on principle: everything that some real server
//! refuses and that Concierge therefore must not send.

use serde_json::Value;

use super::call::AiCall;

const KNOWN_PARAMETERS: [&str; 9] = [
    "model",
    "messages",
    "stream",
    "max_completion_tokens",
    "max_tokens",
    "temperature",
    "response_format",
    "reasoning_effort",
    "provider",
];

/// The parts of a chat request that matter.
pub struct ChatRequest<'a> {
    /// The whole.
    pub body: &'a Value,
    /// The system message.
    pub system: &'a str,
    /// The last message of the customer.
    pub user: &'a str,
}

impl<'a> ChatRequest<'a> {
    /// Reads `body`; the error is what a strict server says.
    pub fn read(body: &'a Value) -> Result<Self, String> {
        let members = body.as_object().ok_or("the body must be an object")?;
        if let Some(unknown) = members.keys().find(|name| !KNOWN_PARAMETERS.contains(&name.as_str())) {
            return Err(format!("Unknown name \"{unknown}\": Cannot find field."));
        }
        if members.get("stream") == Some(&Value::Bool(true)) {
            return Err("streams are not supported".to_owned());
        }
        let messages = body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let role = |message: &'a Value| message["role"].as_str().unwrap_or_default();
        let (system, turns) = match messages.split_first() {
            Some((first, rest)) if role(first) == "system" => (text(first)?, rest),
            _ => ("", messages),
        };
        for (place, turn) in turns.iter().enumerate() {
            let expected = if place % 2 == 0 { "user" } else { "assistant" };
            if role(turn) != expected {
                return Err("Conversation roles must alternate user/assistant/user/assistant/...".to_owned());
            }
            text(turn)?;
        }
        let user = turns
            .last()
            .filter(|turn| role(turn) == "user")
            .ok_or("the last message must be the user's")?;
        Ok(Self {
            body,
            system,
            user: text(user)?,
        })
    }

    /// What it is for.
    pub fn call(&self) -> AiCall {
        let schema = self
            .body
            .pointer("/response_format/json_schema/name")
            .and_then(Value::as_str);
        match schema {
            Some("reply") => AiCall::Reply,
            Some("verdict") => AiCall::Judge,
            Some(_) => AiCall::Other,
            None if self.system.contains("\"text_sha256\"") => AiCall::Judge,
            None if self.system.contains("hand_over") => AiCall::Reply,
            None => AiCall::Other,
        }
    }

    /// JSON is asked for, by a parameter or by words.
    pub fn wants_json(&self) -> bool {
        let kind = self.body.pointer("/response_format/type").and_then(Value::as_str);
        kind.map_or_else(|| self.system.contains("JSON"), |kind| kind != "text")
    }

    /// `json_schema`, `json_object` or nothing.
    pub fn format(&self) -> Option<&str> {
        self.body.pointer("/response_format/type")?.as_str()
    }

    /// A schema is asked for, and so is obeyed.
    pub fn has_schema(&self) -> bool {
        self.format() == Some("json_schema")
    }
}

fn text(message: &Value) -> Result<&str, String> {
    message["content"]
        .as_str()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| "a message has no content".to_owned())
}
