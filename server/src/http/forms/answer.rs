//! Errors as answers: a small page for people, JSON with the right status for programs.

use app::error::AppError;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use leptos::server_fn::error::FromServerFnError;

use crate::http::plain_page::head;

/// Marks an answer whose body is an [`AppError`] as JSON; server functions set it, too.
pub const ERROR_HEADER: HeaderName = HeaderName::from_static("serverfnerror");

/// Whether the caller is a browser that shows a page, or posts a plain form.
#[must_use]
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// `error` in the language of the caller whose request had these `headers`.
#[must_use]
pub fn error(error: &AppError, headers: &HeaderMap) -> Response {
    if wants_html(headers) { page(error) } else { json(error) }
}

/// The status of `error`.
#[must_use]
pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// For programs.
#[must_use]
pub fn json(error: &AppError) -> Response {
    let mut response = (status(error), error.ser()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(ERROR_HEADER, HeaderValue::from_static("concierge"));
    add_retry_after(error, headers);
    response
}

/// Says how long to wait, where that is known.
pub fn add_retry_after(error: &AppError, headers: &mut HeaderMap) {
    if let AppError::TooMany {
        retry_after_seconds, ..
    } = error
    {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
}

fn page(error: &AppError) -> Response {
    let mut response = (status(error), Html(document(title(error), &error.to_string()))).into_response();
    add_retry_after(error, response.headers_mut());
    response
}

fn title(error: &AppError) -> &'static str {
    match error {
        AppError::NotSignedIn => "Sign in to go on",
        AppError::NotAllowed => "Not for this sign-in",
        AppError::NotFound => "There is nothing here",
        AppError::Conflict { .. } => "Somebody was faster",
        AppError::Invalid { .. } => "This cannot be used",
        AppError::TooMany { .. } => "A little slower, please",
        AppError::Unavailable { .. } => "Not available right now",
        AppError::Internal { .. } => "Something went wrong",
    }
}

/// Stands on its own: no script, and readable without the style sheet.
fn document(title: &str, text: &str) -> String {
    let (head, text) = (head(title), escape(text));
    format!(
        "{head}<body><main class=\"gate\" id=\"main\"><h1>{title}</h1><p>{text}</p>\
         <p><a class=\"btn\" href=\"/admin\">To the overview</a></p></main></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
