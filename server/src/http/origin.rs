//! Nobody else's page may change anything here: state-changing requests must come from our own pages.
//!
//! A browser says where a request comes from (`Sec-Fetch-Site`, `Origin`); what says nothing is no browser and carries nobody's
//! cookies. Meta's callbacks are proven by their signature instead.

use std::sync::Arc;

use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};
use url::Url;

use super::answer;
use super::routes;
use crate::config::BaseUrl;

/// The addresses that are ours.
#[derive(Debug, Clone)]
pub struct OurOrigin(Arc<BaseUrl>);

impl OurOrigin {
    /// The public address; if that is this machine, all of this machine's names with the same port.
    #[must_use]
    pub fn new(base_url: &BaseUrl) -> Self {
        Self(Arc::new(base_url.clone()))
    }

    /// Whether `origin`, as browsers write it, is ours.
    #[must_use]
    pub fn is(&self, origin: &str) -> bool {
        origin == self.0.origin()
            || (self.0.is_loopback() && BaseUrl::parse(origin).is_some_and(|it| self.same_machine(&it)))
    }

    fn same_machine(&self, other: &BaseUrl) -> bool {
        let port = |base: &BaseUrl| {
            Url::parse(base.origin())
                .ok()
                .and_then(|url| url.port_or_known_default())
        };
        other.is_loopback() && other.is_secure() == self.0.is_secure() && port(other) == port(&self.0)
    }

    /// Path and query of `address` if it is one of our pages.
    #[must_use]
    pub fn path_of(&self, address: &str) -> Option<Url> {
        Url::parse(address)
            .ok()
            .filter(|url| self.is(&url.origin().ascii_serialization()))
    }
}

/// Refuses what another site's page sends.
pub async fn check(State(ours): State<OurOrigin>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || routes::is_proven_otherwise(request.uri().path()) || comes_from_us(&ours, request.headers()) {
        return next.run(request).await;
    }
    tracing::debug!("refused a request from another site's page");
    answer::error(&AppError::NotAllowed, request.headers())
}

fn comes_from_us(ours: &OurOrigin, headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &http::HeaderValue| value.to_str().unwrap_or("null"))
    };
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    let origin = text(header::ORIGIN);
    site.is_none_or(|site| matches!(site, "same-origin" | "none")) && origin.is_none_or(|origin| ours.is(origin))
}
