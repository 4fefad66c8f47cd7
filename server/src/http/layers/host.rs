//! The demo answers to this machine's own names only, so that no foreign name can be pointed at it (DNS rebinding).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

use crate::config::BaseUrl;

/// Refuses requests for other hosts than `base`.
pub async fn check_host(State(base): State<Arc<BaseUrl>>, request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    let allowed = host.is_none_or(|host| BaseUrl::parse(&format!("http://{host}")).is_some_and(|it| it.is_loopback()));
    if allowed {
        return next.run(request).await;
    }
    let message = format!("This demo answers on {} only.\n", base.origin());
    (StatusCode::MISDIRECTED_REQUEST, message).into_response()
}
