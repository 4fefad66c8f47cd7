//! Which other sites' pages may call the API from a browser: none, unless the operator names their origins.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, Method, header};

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE, OPTIONS");
const SENT: HeaderValue =
    HeaderValue::from_static("authorization, content-type, if-match, idempotency-key, last-event-id");
const SHOWN: HeaderValue = HeaderValue::from_static(
    "etag, link, location, idempotency-replayed, ratelimit, ratelimit-policy, retry-after, x-request-id",
);

/// The origins that the operator named.
#[derive(Debug, Clone)]
pub struct Origins(Arc<[String]>);

impl Origins {
    /// Those.
    #[must_use]
    pub fn new(origins: &[String]) -> Self {
        Self(origins.into())
    }
}

/// Adds what a browser of those origins asks for. No cookie is ever allowed along.
pub async fn allow_origins(State(Origins(origins)): State<Origins>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_preflight = *request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    if origins.is_empty() {
        return response;
    }
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let allowed = origin.filter(|sent| origins.iter().any(|origin| sent.as_bytes() == origin.as_bytes()));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
        if is_preflight {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, SENT);
        }
    }
    response
}
