//! One row for each way in which a server is known to refuse.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::json;

use super::Refusal;
use crate::ai::AiError;
use crate::ai::capabilities::{AnswerLimit, Parameter};

fn refused(status: u16, body: impl ToString) -> Refusal {
    let status = StatusCode::from_u16(status).unwrap();
    Refusal::read(status, &HeaderMap::new(), body.to_string().as_bytes())
}

#[test]
fn the_meaning_of_a_refusal() {
    let busy = |after: Option<u64>| AiError::Busy {
        after: after.map(Duration::from_secs),
    };
    let rows = [
        // OpenAI
        (
            401,
            json!({ "error": { "message": "Incorrect API key provided", "type": "invalid_request_error", "code": "invalid_api_key" } }),
            AiError::Auth,
        ),
        (
            429,
            json!({ "error": { "message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded" } }),
            busy(None),
        ),
        (
            429,
            json!({ "error": { "message": "You exceeded your current quota", "type": "insufficient_quota", "code": "insufficient_quota" } }),
            AiError::Quota,
        ),
        (
            404,
            json!({ "error": { "message": "The model `x` does not exist", "type": "invalid_request_error", "code": "model_not_found" } }),
            AiError::BadRequest,
        ),
        (
            400,
            json!({ "error": { "message": "This model's maximum context length is 4097 tokens", "code": "context_length_exceeded", "param": "messages" } }),
            AiError::Overflow,
        ),
        (
            500,
            json!({ "error": { "message": "The server had an error", "type": "server_error" } }),
            AiError::Server,
        ),
        // Azure
        (
            400,
            json!({ "error": { "message": "The response was filtered", "code": "content_filter", "innererror": { "code": "ResponsibleAIPolicyViolation" } } }),
            AiError::Filtered,
        ),
        // llama.cpp
        (
            400,
            json!({ "error": { "code": 400, "message": "the request exceeds the available context size", "type": "exceed_context_size_error", "n_ctx": 512 } }),
            AiError::Overflow,
        ),
        (
            501,
            json!({ "error": { "code": 501, "message": "This server does not support embeddings", "type": "not_supported_error" } }),
            AiError::BadRequest,
        ),
        (
            503,
            json!({ "error": { "code": 503, "message": "Loading model", "type": "unavailable_error" } }),
            busy(None),
        ),
        // vLLM
        (
            400,
            json!({ "object": "error", "message": "This model's maximum context length is 2048 tokens.", "type": "BadRequestError", "param": null, "code": 400 }),
            AiError::Overflow,
        ),
        // OpenRouter, behind a 200
        (
            200,
            json!({ "error": { "code": 429, "message": "Provider returned error", "metadata": { "raw": "slow down" } } }),
            busy(None),
        ),
        (
            200,
            json!({ "error": { "code": 402, "message": "Insufficient credits" } }),
            AiError::Quota,
        ),
        (
            200,
            json!({ "error": { "code": 403, "message": "flagged", "metadata": { "reasons": ["violence"] } } }),
            AiError::Filtered,
        ),
        (200, json!({ "error": "no" }), AiError::Server),
        // A bare string, FastAPI, Gemini
        (
            404,
            json!({ "error": "model 'x' not found, try pulling it first" }),
            AiError::BadRequest,
        ),
        (403, json!({ "detail": "Not allowed" }), AiError::Auth),
        (
            422,
            json!({ "detail": [{ "loc": ["body", "messages"], "msg": "field required" }] }),
            AiError::BadRequest,
        ),
        (
            400,
            json!([{ "error": { "code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT" } }]),
            AiError::Auth,
        ),
        (
            429,
            json!([{ "error": { "code": 429, "status": "RESOURCE_EXHAUSTED", "message": "You exceeded your current quota",
            "details": [{ "@type": "RetryInfo", "retryDelay": "34s" }] } }]),
            busy(Some(34)),
        ),
        // Anthropic's and others' own numbers
        (529, json!({ "error": { "type": "overloaded_error" } }), busy(None)),
        (402, json!({}), AiError::Quota),
        (413, json!({}), AiError::Overflow),
        (408, json!({}), AiError::Timeout),
        (302, json!({}), AiError::BadRequest),
    ];
    for (status, body, expected) in rows {
        assert_eq!(refused(status, &body).error, expected, "{status} {body}");
    }
}

#[test]
fn what_is_no_json_goes_by_its_status() {
    assert_eq!(refused(502, "<html>Bad gateway</html>").error, AiError::Server);
    assert_eq!(refused(401, "").error, AiError::Auth);
    assert_eq!(refused(400, "prompt is too long").error, AiError::Overflow);
}

#[test]
fn the_refused_parameter() {
    let max_tokens = Parameter::AnswerLimit(AnswerLimit::MaxTokens);
    let max_completion_tokens = Parameter::AnswerLimit(AnswerLimit::MaxCompletionTokens);
    let rows = [
        (
            json!({ "error": { "message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "code": "unsupported_parameter", "param": "max_tokens" } }),
            Some(max_tokens),
        ),
        (
            json!([{ "error": { "code": 400, "message": "Invalid JSON payload received. Unknown name \"max_completion_tokens\": Cannot find field." } }]),
            Some(max_completion_tokens),
        ),
        (
            json!({ "detail": [{ "loc": ["body", "max_completion_tokens"], "msg": "Extra inputs are not permitted", "input": "temperature" }] }),
            Some(max_completion_tokens),
        ),
        (
            json!({ "error": { "message": "Unsupported value: 'temperature' does not support 0 with this model.", "param": "temperature", "code": "unsupported_value" } }),
            Some(Parameter::Temperature),
        ),
        (
            json!({ "error": "json_schema is not supported" }),
            Some(Parameter::ResponseFormat),
        ),
        (
            json!({ "error": { "code": 400, "message": "Failed to initialize samplers: std::exception", "type": "invalid_request_error" } }),
            Some(Parameter::ResponseFormat),
        ),
        (
            json!({ "error": { "message": "Unsupported value: 'none'", "param": "reasoning_effort" } }),
            Some(Parameter::ReasoningEffort),
        ),
        (
            json!({ "error": { "message": "The model `x` does not exist", "param": null } }),
            None,
        ),
    ];
    for (body, expected) in rows {
        let refusal = refused(400, &body);
        assert_eq!(
            (refusal.error, refusal.parameter),
            (AiError::BadRequest, expected),
            "{body}"
        );
    }
    let overflow = json!({ "error": { "message": "max_tokens is too large: the maximum context length is 4096", "param": "max_tokens" } });
    assert_eq!(refused(400, overflow).parameter, None);
}

#[test]
fn nothing_of_the_words_is_kept() {
    let refusal = refused(
        400,
        json!({ "error": { "message": "the zq7words were refused", "param": "zq7words" } }),
    );
    assert!(!format!("{refusal} {refusal:?}").contains("zq7"));
}
