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
pub struct OurOrigin {
    base: Arc<BaseUrl>,
    any_name: bool,
}

impl OurOrigin {
    /// The public address; if that is this machine, all of this machine's names with the same port. `any_name` also takes the
    /// name the request itself was sent to: for an exposed demo, which cannot know its names.
    #[must_use]
    pub fn new(base_url: &BaseUrl, any_name: bool) -> Self {
        Self {
            base: Arc::new(base_url.clone()),
            any_name,
        }
    }

    /// Whether `origin`, as browsers write it, is ours, for a request with these `headers`.
    #[must_use]
    pub fn is(&self, origin: &str, headers: &HeaderMap) -> bool {
        origin == self.base.origin() || self.same_machine(origin) || (self.any_name && names_host(origin, headers))
    }

    fn same_machine(&self, origin: &str) -> bool {
        let port = |base: &BaseUrl| {
            Url::parse(base.origin())
                .ok()
                .and_then(|url| url.port_or_known_default())
        };
        let alike = |other: &BaseUrl| {
            other.is_loopback() && other.is_secure() == self.base.is_secure() && port(other) == port(&self.base)
        };
        self.base.is_loopback() && BaseUrl::parse(origin).is_some_and(|other| alike(&other))
    }

    /// `address`, if it is one of our pages.
    #[must_use]
    pub fn page(&self, address: &str, headers: &HeaderMap) -> Option<Url> {
        Url::parse(address)
            .ok()
            .filter(|url| self.is(&url.origin().ascii_serialization(), headers))
    }
}

fn names_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| origin.strip_prefix("http://").or(origin.strip_prefix("https://")) == Some(host))
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
    site.is_none_or(|site| matches!(site, "same-origin" | "none"))
        && origin.is_none_or(|origin| ours.is(origin, headers))
}
