//! How much a request to a page or to `/api/*` may bring. Read as a whole before the layers inside: every one of them is a form.

use app::endpoints;
use app::error::AppError;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::views::Viewer;
use http::HeaderMap;

use crate::http::edge::bodies::{Bodies, BodyError, ReceivedBody};
use crate::http::edge::limits::{LARGEST_FORM, LARGEST_IMPORT};
use crate::http::forms::answer;
use crate::http::routes::table::CALLBACK;

/// The middleware. The body keeps its room until the answer is made.
pub async fn limit_body(State(bodies): State<Bodies>, request: Request, next: Next) -> Response {
    let most = most(&request);
    let signed_in = request.extensions().get::<Viewer>().is_some();
    let budget = if signed_in { bodies.signed_in } else { bodies.strangers };
    let (parts, body) = request.into_parts();
    let address = parts.uri.path_and_query().map_or("", |address| address.as_str());
    // Facebook's way back answers whatever it brings with the connect page, and stores no word of it.
    if parts.uri.path() != CALLBACK && holds_nul(address.as_bytes()) {
        return refuse_nul(&parts.headers);
    }
    match budget.read(&parts.headers, body, most, |_| {}).await {
        Ok(ReceivedBody { bytes, .. }) if holds_nul(&bytes) => refuse_nul(&parts.headers),
        Ok(ReceivedBody { bytes, share }) => {
            let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
            drop(share);
            response
        }
        Err(error) => refuse(error, &parts.headers, most),
    }
}

/// Imports are for editors; others get the limit of every form.
fn most(request: &Request) -> usize {
    let may_import = |viewer: &Viewer| viewer.role.can_edit();
    let imports = request.uri().path() == endpoints::IMPORT_RULES && request.extensions().get().is_some_and(may_import);
    if imports { LARGEST_IMPORT } else { LARGEST_FORM }
}

/// As it is, or as forms and addresses write it: a typed "%00" arrives as "%2500".
fn holds_nul(bytes: &[u8]) -> bool {
    bytes.contains(&0) || bytes.windows(3).any(|three| three == b"%00")
}

/// PostgreSQL holds no NUL in a text, and nobody types one.
fn refuse_nul(headers: &HeaderMap) -> Response {
    let sentence = "This holds a character that no text has, a NUL, so nothing was changed. Go back, remove what was pasted there and type it anew.";
    answer::error(&AppError::invalid("", sentence), headers)
}

fn refuse(error: BodyError, headers: &HeaderMap, most: usize) -> Response {
    let megabytes = most / (1024 * 1024);
    let sentence = match error {
        BodyError::TooLarge => format!(
            "This is larger than {megabytes} MB, which is more than Concierge takes at once. Nothing was changed. Go back and shorten it."
        ),
        BodyError::NoRoom => {
            "Many people are sending something right now. Nothing was changed. Try again in a moment.".to_owned()
        }
        BodyError::TooSlow | BodyError::Broken => {
            "The connection was too slow or broke off. Nothing was changed. Go back and try again.".to_owned()
        }
    };
    let told = match error {
        BodyError::TooLarge => AppError::invalid("", sentence),
        _ => AppError::unavailable(sentence),
    };
    let mut response = answer::error(&told, headers);
    *response.status_mut() = error.status();
    error.add_retry_after(response.headers_mut());
    response
}
