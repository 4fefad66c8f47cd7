//! Errors as pages: bare errors of the session layers (the database is away) get words, and browsers get a page instead of JSON.

use app::error::AppError;
use axum::body::{HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use leptos::server_fn::error::FromServerFnError;

use super::answer;

const MAX_ERROR_BYTES: usize = 64 * 1024;

/// Finishes failed answers.
pub async fn render_errors(request: Request, next: Next) -> Response {
    let headers = accept_only(request.headers());
    let html = answer::wants_html(&headers);
    let response = next.run(request).await;
    if has_no_body(&response) {
        let error = AppError::database_unavailable("a session could not be read or written");
        return answer::error(&error, &headers);
    }
    if html && response.headers().contains_key(answer::ERROR_HEADER) {
        return render_page(response, &headers).await;
    }
    response
}

/// Only the session layers answer 500 without a body: failures of handlers have one.
fn has_no_body(response: &Response) -> bool {
    response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && !response.headers().contains_key(header::CONTENT_TYPE)
        && response.body().size_hint().exact() == Some(0)
}

async fn render_page(response: Response, headers: &HeaderMap) -> Response {
    let (_, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_ERROR_BYTES).await.unwrap_or_default();
    answer::error(&AppError::de(bytes), headers)
}

fn accept_only(headers: &HeaderMap) -> HeaderMap {
    headers
        .get(header::ACCEPT)
        .map(|accept| (header::ACCEPT, accept.clone()))
        .into_iter()
        .collect()
}
