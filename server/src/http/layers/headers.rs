//! Security headers of every answer. A page brings its own policy, which knows the nonce of its render; everything else gets
//! one that lets no script run.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

const NO_SCRIPT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; connect-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'",
);
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Whether the public address is https.
#[derive(Debug, Clone, Copy)]
pub struct OverHttps(pub bool);

/// Adds the headers.
pub async fn security_headers(State(OverHttps(secure)): State<OverHttps>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // no-referrer would break the way back after a form and send `Origin: null`.
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(
        headers,
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(NO_SCRIPT_POLICY);
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
