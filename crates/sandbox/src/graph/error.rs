//! Meta's error envelope.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::state::ids;

/// An error as the Graph API writes it.
#[derive(Clone, Debug)]
pub struct GraphError {
    /// The HTTP status.
    pub http_status: u16,
    /// Meta's code.
    pub code: u32,
    /// Meta's subcode.
    pub subcode: Option<u32>,
    /// `None` writes `false`.
    pub is_transient: Option<bool>,
    message: String,
    headers: Vec<(&'static str, String)>,
    /// A front server's page instead of JSON.
    broken: bool,
}

impl GraphError {
    /// A JSON error.
    pub fn new(http_status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            http_status,
            code,
            subcode: None,
            is_transient: None,
            message: message.into(),
            headers: Vec::new(),
            broken: false,
        }
    }

    /// An answer that never reached the Graph API.
    pub fn broken(http_status: u16) -> Self {
        let mut error = Self::new(http_status, 0, "");
        error.broken = true;
        error
    }

    /// Adds a subcode.
    #[must_use]
    pub fn subcode(mut self, subcode: u32) -> Self {
        self.subcode = Some(subcode);
        self
    }

    /// Says whether trying again may help.
    #[must_use]
    pub fn transient(mut self, is_transient: bool) -> Self {
        self.is_transient = Some(is_transient);
        self
    }

    /// Adds a response header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The code for the call log; a broken answer has none.
    pub fn logged_code(&self) -> Option<u32> {
        (!self.broken).then_some(self.code)
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if self.broken {
            let page = "<!doctype html><title>Error</title><p>Sorry, something went wrong.";
            return (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
        }
        let mut error = json!({
            "message": self.message,
            "type": "OAuthException",
            "code": self.code,
            "is_transient": self.is_transient.unwrap_or(false),
            "fbtrace_id": ids::trace(),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        let body = Body::from(json!({ "error": error }).to_string());
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=UTF-8"),
        );
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
