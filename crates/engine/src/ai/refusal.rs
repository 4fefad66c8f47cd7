//! Why an endpoint gave no answer: its many ways to say so, mapped to [`AiError`]. Nothing of its words is kept.

use async_openai::error::OpenAIError;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::AiError;
use super::capabilities::Parameter;
use super::error_body::ErrorBody;
use super::retry_after;

/// A call that brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub(super) struct Refusal {
    /// What callers are told.
    pub(super) error: AiError,
    /// The parameter that the endpoint does not take.
    pub(super) parameter: Option<Parameter>,
}

impl From<AiError> for Refusal {
    fn from(error: AiError) -> Self {
        Self { error, parameter: None }
    }
}

impl From<Refusal> for OpenAIError {
    fn from(refusal: Refusal) -> Self {
        Self::Boxed(Box::new(refusal))
    }
}

impl Refusal {
    pub(super) fn of_connection(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            AiError::Timeout.into()
        } else {
            AiError::Unreachable.into()
        }
    }

    /// What the endpoint means.
    pub(super) fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let body = ErrorBody::read(body);
        let after = retry_after::read(headers).or(body.retry_after);
        let error = classify(status.as_u16(), &body, after);
        let parameter = (error == AiError::BadRequest).then(|| body.parameter()).flatten();
        Self { error, parameter }
    }
}

fn classify(http_status: u16, body: &ErrorBody, after: Option<std::time::Duration>) -> AiError {
    // Behind a 200 stands the status in the body, if any. A redirect is not followed: the address is not the right one.
    let status = match http_status {
        ..300 => body.status.unwrap_or(500),
        300..400 => 404,
        status => status,
    };
    if body.is_content_filter() {
        return AiError::Filtered;
    }
    if body.is_overflow() || status == 413 {
        return AiError::Overflow;
    }
    if body.is_quota() || status == 402 {
        return AiError::Quota;
    }
    if body.is_auth() || matches!(status, 401 | 403 | 407) {
        return AiError::Auth;
    }
    match status {
        408 => AiError::Timeout,
        425 | 429 | 503 | 529 => AiError::Busy { after },
        // What is not implemented here will not be implemented later.
        501 => AiError::BadRequest,
        500.. => AiError::Server,
        _ => AiError::BadRequest,
    }
}

#[cfg(test)]
#[path = "refusal_tests.rs"]
mod tests;
