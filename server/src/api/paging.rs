//! Pages of long lists: the address of the next one stands in the body and in `Link`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Serialize;
use url::form_urlencoded::Serializer;

/// The page that `body` makes of the next one's address.
pub fn with_next<T: Serialize, const N: usize>(
    path: &str,
    more: bool,
    parameters: [(&str, Option<String>); N],
    body: impl FnOnce(Option<String>) -> T,
) -> Response {
    let given = parameters
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)));
    let query = Serializer::new(String::new()).extend_pairs(given).finish();
    let next = more.then(|| format!("{path}?{query}"));
    let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
    let mut response = Json(body(next)).into_response();
    if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}
