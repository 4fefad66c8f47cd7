//! State-changing requests must come from pages of this server (CSRF).
//!
//! A browser says where a request comes from (`Sec-Fetch-Site`, `Origin`); a request without
//! either is no browser's and carries no cookies. Meta's callbacks are proven by their signature.

use std::sync::Arc;

use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};
use url::Url;

use crate::config::BaseUrl;
use crate::http::forms::answer;
use crate::http::routes::table;

/// The origin of this server's own pages.
#[derive(Debug, Clone)]
pub struct AllowedOrigin {
    base: Arc<BaseUrl>,
    any_name: bool,
}

impl AllowedOrigin {
    /// The public address; if that is this machine, all of this machine's names with the same port. `any_name` also takes the
    /// name the request itself was sent to: for an exposed demo, which cannot know its names.
    #[must_use]
    pub fn new(base_url: &BaseUrl, any_name: bool) -> Self {
        Self {
            base: Arc::new(base_url.clone()),
            any_name,
        }
    }

    /// Whether `origin`, as browsers write it, is this server's, for a request with these `headers`.
    #[must_use]
    pub fn allows(&self, origin: &str, headers: &HeaderMap) -> bool {
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

    /// `address`, if it is a page of this server.
    #[must_use]
    pub fn page(&self, address: &str, headers: &HeaderMap) -> Option<Url> {
        Url::parse(address)
            .ok()
            .filter(|url| self.allows(&url.origin().ascii_serialization(), headers))
    }
}

fn names_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| origin.strip_prefix("http://").or(origin.strip_prefix("https://")) == Some(host))
}

/// Refuses what another site's page sends.
pub async fn check_origin(State(allowed): State<AllowedOrigin>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || table::has_own_proof(request.uri().path()) || is_same_origin(&allowed, request.headers()) {
        return next.run(request).await;
    }
    tracing::debug!("refused a request from another site's page");
    answer::error(&AppError::NotAllowed, request.headers())
}

fn is_same_origin(allowed: &AllowedOrigin, headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &http::HeaderValue| value.to_str().unwrap_or("null"))
    };
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    let origin = text(header::ORIGIN);
    site.is_none_or(|site| matches!(site, "same-origin" | "none"))
        && origin.is_none_or(|origin| allowed.allows(origin, headers))
}
