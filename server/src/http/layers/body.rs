//! How much a request to a page or to `/api/*` may bring. Read as a whole before the layers inside: every one of them is a form.

use app::endpoints;
use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use domain::views::Viewer;
use http::{HeaderMap, StatusCode, header};

use crate::http::forms::answer;

/// Room for every form but one.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// A whole reply config at its limits: 200 rules with 50 long keywords each. Letters of most scripts take two or three bytes, and
/// three times as many in a form.
pub const LARGEST_IMPORT: usize = 16 * 1024 * 1024;

/// The middleware.
pub async fn limit_body(request: Request, next: Next) -> Response {
    let most = most(&request);
    if declared(request.headers()).is_some_and(|bytes| bytes > most) {
        return too_large(request.headers(), most);
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(_) => too_large(&parts.headers, most),
    }
}

/// Imports are for editors; others get the limit of every form.
fn most(request: &Request) -> usize {
    let may_import = |viewer: &Viewer| viewer.role.can_edit();
    let imports = request.uri().path() == endpoints::IMPORT_RULES && request.extensions().get().is_some_and(may_import);
    if imports { LARGEST_IMPORT } else { LARGEST_FORM }
}

fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(headers: &HeaderMap, most: usize) -> Response {
    let megabytes = most / (1024 * 1024);
    let sentence = format!(
        "This is larger than {megabytes} MB, which is more than Concierge takes at once. Nothing was changed. Go back and shorten it."
    );
    let mut response = answer::error(&AppError::invalid("", sentence), headers);
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}
