//! `ETag` and `If-Match`: the version of what was read goes back with a change, so that nobody's work is lost.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, header};

use super::problem::Problem;

/// The version that a change was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(sent) = parts.headers.get(header::IF_MATCH) else {
            return Err(Problem::version_missing());
        };
        let version = sent.to_str().ok().and_then(parse);
        version.map(Self).ok_or_else(|| {
            Problem::invalid(
                "If-Match",
                "Send one ETag as you got it: a whole number in quotation marks.",
            )
        })
    }
}

fn parse(sent: &str) -> Option<i64> {
    let number = sent.trim().strip_prefix('"')?.strip_suffix('"')?;
    number
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| number.parse().ok())
        .flatten()
}

/// A version as a header.
#[must_use]
pub fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// An answer with the version of what it shows.
#[derive(Debug)]
pub struct Versioned<T>(pub i64, pub T);

impl<T: IntoResponse> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = self.1.into_response();
        response.headers_mut().insert(header::ETAG, etag(self.0));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_etag_is_a_version() {
        assert_eq!(parse("\"12\""), Some(12));
        for text in [
            "12",
            "\"\"",
            "*",
            "W/\"12\"",
            "\"-1\"",
            "\"1\", \"2\"",
            "\"99999999999999999999\"",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
