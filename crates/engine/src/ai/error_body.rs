//! The body of a refusal. OpenAI nests `error`, with text in `code`; llama.cpp, vLLM and OpenRouter send numbers there;
//! others send a bare string, `detail` (FastAPI), the members without a nest (vLLM), or an array (Gemini).

use std::time::Duration;

use serde_json::Value;

use super::capabilities::Parameter;

/// What of a refusal is needed to tell its kind; dropped right after.
#[derive(Default)]
pub(super) struct ErrorBody {
    /// A status within the body.
    pub(super) status: Option<u16>,
    /// When to ask again, where the body says so.
    pub(super) retry_after: Option<Duration>,
    /// `code`, `type` and inner codes, in lower case.
    names: Vec<String>,
    /// The name of the parameter that is refused.
    parameter: String,
    /// The sentence for people, in lower case.
    message: String,
}

impl ErrorBody {
    pub(super) fn read(body: &[u8]) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(Value::Array(items)) => items.first().map(Self::of).unwrap_or_default(),
            Ok(body) => Self::of(&body),
            Err(_) => Self {
                message: String::from_utf8_lossy(body).to_lowercase(),
                ..Self::default()
            },
        }
    }

    fn of(body: &Value) -> Self {
        let error = body.get("error").filter(|error| !error.is_null()).unwrap_or(body);
        let mut read = Self::default();
        read.name(error.get("type"));
        read.name(error.get("status"));
        read.name(error.get("code"));
        read.name(error.pointer("/innererror/code"));
        read.name(error.pointer("/metadata/error_type"));
        if error.pointer("/metadata/reasons").is_some() {
            read.names.push("content_filter".into());
        }
        read.parameter = text(error.get("param"));
        read.message = sentences(error);
        for detail in error.get("details").and_then(Value::as_array).into_iter().flatten() {
            read.name(detail.get("reason"));
            read.retry_after = read.retry_after.or_else(|| delay(detail.get("retryDelay")));
        }
        read
    }

    /// A code is a name, or the status once more.
    fn name(&mut self, value: Option<&Value>) {
        let name = text(value);
        match name.parse::<u16>() {
            Ok(status) if (400..600).contains(&status) => self.status = Some(status),
            _ if !name.is_empty() => self.names.push(name),
            _ => {}
        }
    }

    fn is_named(&self, names: &[&str]) -> bool {
        self.names.iter().any(|name| names.contains(&name.as_str()))
    }

    fn says(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.message.contains(phrase))
    }

    pub(super) fn is_content_filter(&self) -> bool {
        self.is_named(&[
            "content_filter",
            "content_policy_violation",
            "responsibleaipolicyviolation",
        ]) || self.says(&["content management policy"])
    }

    pub(super) fn is_overflow(&self) -> bool {
        self.is_named(&["context_length_exceeded", "exceed_context_size_error"])
            || self.says(&[
                "maximum context length",
                "maximum model length",
                "max_model_len",
                "context length exceeded",
                "exceeds the context",
                "exceeds the available context",
                "context size has been exceeded",
                "exceed context window",
                "exceeds the maximum number of tokens",
                "prompt is too long",
                "input is too long",
            ])
    }

    pub(super) fn is_quota(&self) -> bool {
        self.is_named(&[
            "insufficient_quota",
            "billing_hard_limit_reached",
            "insufficient_credits",
        ]) || self.says(&["insufficient_quota", "insufficient credits", "insufficient balance"])
    }

    pub(super) fn is_auth(&self) -> bool {
        self.is_named(&["invalid_api_key", "api_key_invalid", "authentication_error"])
            || self.says(&["incorrect api key", "api key not valid", "invalid api key"])
    }

    /// The parameter that is refused: the one that is named as such, else the first in the sentence.
    pub(super) fn parameter(&self) -> Option<Parameter> {
        Parameter::first_in(&self.parameter).or_else(|| Parameter::first_in(&self.message))
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.to_lowercase(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The sentence, wherever it stands. FastAPI lists one finding per field, with its place; what was sent, which it
/// lists too, stays out.
fn sentences(error: &Value) -> String {
    let detail = error.get("detail");
    let findings = detail
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .flat_map(|finding| {
            let place = finding.get("loc").and_then(Value::as_array).into_iter().flatten();
            place.map(|part| text(Some(part))).chain([text(finding.get("msg"))])
        });
    let nested = error.pointer("/metadata/raw");
    [Some(error), error.get("message"), detail, nested]
        .map(text)
        .into_iter()
        .chain(findings)
        .filter(|sentence| !sentence.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Gemini's `"34s"`.
fn delay(value: Option<&Value>) -> Option<Duration> {
    let seconds: f64 = text(value).strip_suffix('s')?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
