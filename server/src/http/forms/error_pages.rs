//! The last word on answers that failed below us: bare errors of the session layers (the database is away) get words, and
//! browsers get a page instead of JSON.

use app::error::AppError;
use axum::body::{HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use leptos::server_fn::error::FromServerFnError;

use super::answer;

const LARGEST_ERROR: usize = 64 * 1024;
const AWAY: &str =
    "The database does not answer right now. Replies wait and go out when it is back; try again in a minute.";

/// Finishes failed answers.
pub async fn word(request: Request, next: Next) -> Response {
    let headers = accept_of(request.headers());
    let html = answer::wants_html(&headers);
    let response = next.run(request).await;
    if is_bare(&response) {
        tracing::warn!("a session could not be read or written");
        return answer::error(&AppError::unavailable(AWAY), &headers);
    }
    if html && response.headers().contains_key(answer::ERROR_HEADER) {
        return as_page(response, &headers).await;
    }
    response
}

/// Only the session layers answer 500 without a word: our own failures bring theirs.
fn is_bare(response: &Response) -> bool {
    response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && !response.headers().contains_key(header::CONTENT_TYPE)
        && response.body().size_hint().exact() == Some(0)
}

async fn as_page(response: Response, headers: &HeaderMap) -> Response {
    let (_, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_ERROR).await.unwrap_or_default();
    answer::error(&AppError::de(bytes), headers)
}

fn accept_of(headers: &HeaderMap) -> HeaderMap {
    headers
        .get(header::ACCEPT)
        .map(|accept| (header::ACCEPT, accept.clone()))
        .into_iter()
        .collect()
}
