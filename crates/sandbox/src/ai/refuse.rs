//! Refusals in the words and shapes of real servers.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::fault::{AiFault, ErrorShape, OverflowShape};
use super::request::ChatRequest;

/// A refusal by OpenAI.
pub fn openai(status: u16, kind: &str, code: &str, param: Option<&str>, message: &str) -> Response {
    let error = json!({ "message": message, "type": kind, "param": param, "code": code });
    answer(status, json!({ "error": error }))
}

/// Any JSON under any status.
pub fn answer(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

/// A mistake of the client's, as Gemini puts it.
pub fn malformed(message: &str) -> Response {
    let error = json!({ "code": 400, "message": message, "status": "INVALID_ARGUMENT" });
    answer(400, json!([{ "error": error }]))
}

fn parameter(name: &str, message: &str) -> Response {
    openai(
        400,
        "invalid_request_error",
        "unsupported_parameter",
        Some(name),
        message,
    )
}

/// What a fault makes of any call; `None` when it lets the call pass.
pub fn by_fault(fault: &AiFault) -> Option<Response> {
    Some(match fault {
        AiFault::Unauthorized => openai(
            401,
            "invalid_request_error",
            "invalid_api_key",
            None,
            "Incorrect API key provided.",
        ),
        AiFault::RateLimited { seconds, as_date } => rate_limited(*seconds, *as_date),
        AiFault::QuotaUsedUp => {
            let words = "You exceeded your current quota, please check your plan and billing details.";
            openai(429, "insufficient_quota", "insufficient_quota", None, words)
        }
        AiFault::ServerError { http_status } => {
            let status = StatusCode::from_u16(*http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, "<html><body>upstream error</body></html>").into_response()
        }
        AiFault::OddError { shape } => odd(*shape),
        AiFault::ErrorBehindOk { code } => answer(
            200,
            json!({ "error": { "code": code, "message": "Provider returned error", "metadata": {} } }),
        ),
        AiFault::NotJson => (StatusCode::OK, "<html><body>Welcome</body></html>").into_response(),
        AiFault::UnknownModel => openai(
            404,
            "invalid_request_error",
            "model_not_found",
            None,
            "The model does not exist or you do not have access to it.",
        ),
        AiFault::Overflow { shape } => overflow(*shape),
        AiFault::ContentFilterRefused => {
            let inner = json!({ "code": "ResponsibleAIPolicyViolation" });
            let error = json!({ "message": "The prompt was filtered.", "code": "content_filter", "status": 400, "innererror": inner });
            answer(400, json!({ "error": error }))
        }
        AiFault::NoEmbeddings => {
            let words = "This server does not support embeddings. Start it with `--embeddings`";
            answer(
                501,
                json!({ "error": { "code": 501, "message": words, "type": "not_supported_error" } }),
            )
        }
        _ => return None,
    })
}

/// What a fault makes of a chat request that has the wrong parameter.
pub fn by_parameter(fault: &AiFault, request: &ChatRequest<'_>) -> Option<Response> {
    let sent = |name: &str| request.body.get(name).is_some();
    match fault {
        AiFault::MaxCompletionTokensRefused if sent("max_completion_tokens") => Some(malformed(
            "Invalid JSON payload received. Unknown name \"max_completion_tokens\": Cannot find field.",
        )),
        AiFault::MaxTokensRefused if sent("max_tokens") => Some(parameter(
            "max_tokens",
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        )),
        AiFault::TemperatureRefused if sent("temperature") => Some(parameter(
            "temperature",
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        )),
        AiFault::ReasoningEffortRefused if sent("reasoning_effort") => Some(parameter(
            "reasoning_effort",
            "Unrecognized request argument supplied: reasoning_effort",
        )),
        AiFault::JsonSchemaRefused { object_too }
            if request.has_schema() || (*object_too && sent("response_format")) =>
        {
            let detail = json!([{ "loc": ["body", "response_format", "type"], "msg": "Input should be 'text'" }]);
            Some(answer(422, json!({ "detail": detail })))
        }
        _ => None,
    }
}

fn rate_limited(seconds: u64, as_date: bool) -> Response {
    let mut response = openai(
        429,
        "requests",
        "rate_limit_exceeded",
        None,
        "Rate limit reached for requests.",
    );
    let value = if as_date {
        http_date(seconds)
    } else {
        seconds.to_string()
    };
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    let now = HeaderValue::from_str(&http_date(0));
    response.headers_mut().extend(now.ok().map(|now| (header::DATE, now)));
    response
}

/// `Retry-After` as a date, this many seconds after the answer's own `Date`.
fn http_date(after_seconds: u64) -> String {
    let (hours, rest) = (after_seconds / 3600, after_seconds % 3600);
    format!(
        "Fri, 27 Nov 2026 {:02}:{:02}:{:02} GMT",
        12 + hours.min(11),
        rest / 60,
        rest % 60
    )
}

fn odd(shape: ErrorShape) -> Response {
    let words = "something is wrong with the request";
    match shape {
        ErrorShape::IntegerCode => answer(
            400,
            json!({ "error": { "code": 400, "message": words, "type": "invalid_request_error" } }),
        ),
        ErrorShape::BareString => answer(400, json!({ "error": words })),
        ErrorShape::Detail => answer(
            400,
            json!({ "detail": [{ "loc": ["body", "messages", 0], "msg": words }] }),
        ),
        ErrorShape::Array => malformed(words),
    }
}

fn overflow(shape: OverflowShape) -> Response {
    let words = "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens.";
    match shape {
        OverflowShape::OpenAi => openai(
            400,
            "invalid_request_error",
            "context_length_exceeded",
            Some("messages"),
            words,
        ),
        OverflowShape::LlamaCpp => answer(
            400,
            json!({ "error": { "code": 400, "message": "the request exceeds the available context size, try increasing it",
                "type": "exceed_context_size_error", "n_prompt_tokens": 5000, "n_ctx": 4096 } }),
        ),
        OverflowShape::Vllm => answer(
            400,
            json!({ "object": "error", "message": words, "type": "BadRequestError", "param": null, "code": 400 }),
        ),
    }
}
