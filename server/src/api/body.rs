//! How much a request may bring. Read as a whole, after the key has proven itself; what comes without a key is not read.

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::api_keys::ApiCaller;
use http::{HeaderValue, header};

use super::problem::Problem;
use super::state::ApiState;
use crate::http::edge::bodies::{BodyError, ReceivedBody};
use crate::http::edge::limits::{LARGEST_FORM, LARGEST_IMPORT, RETRY_AFTER_SECONDS};
use crate::http::routes::table::API_IMPORT;

/// The body keeps its room until the answer is made.
pub async fn limit_body(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let most = if path == Some(API_IMPORT) {
        LARGEST_IMPORT
    } else {
        LARGEST_FORM
    };
    let (parts, body) = request.into_parts();
    if parts.extensions.get::<ApiCaller>().is_none() {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    match api.bodies.signed_in.read(&parts.headers, body, most, |_| {}).await {
        Ok(ReceivedBody { bytes, share }) => {
            let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
            drop(share);
            response
        }
        Err(error) => refuse(error, most),
    }
}

fn refuse(error: BodyError, most: usize) -> Response {
    match error {
        BodyError::TooLarge => Problem::too_large(most).into_response(),
        BodyError::TooSlow | BodyError::Broken => Problem::too_slow().into_response(),
        BodyError::NoRoom => {
            let sentence = "Many are sending something right now, and nothing was done. Try again in a moment.";
            let mut response = Problem::unavailable(sentence).into_response();
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
            response
        }
    }
}
