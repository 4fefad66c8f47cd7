//! Who may talk to the sandbox. It has no sign-in, so a web page the user happens to have open must
//! not be able to reach it: by DNS rebinding (Host) or by a cross-site form post (Origin).

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Host names this sandbox answers to.
#[derive(Clone, Debug)]
pub struct Guard {
    hosts: Vec<String>,
    expose: bool,
}

impl Guard {
    /// Loopback names with the port of `addr`; any name with `expose`.
    pub fn new(addr: SocketAddr, expose: bool) -> Self {
        let port = addr.port();
        let mut hosts = Vec::new();
        for name in ["127.0.0.1", "localhost", "[::1]"] {
            hosts.push(format!("{name}:{port}"));
            if port == 80 {
                hosts.push(name.to_owned());
            }
        }
        Self { hosts, expose }
    }

    fn refusal(&self, method: &Method, headers: &HeaderMap, authority: Option<&str>) -> Option<&'static str> {
        let host = authority.or_else(|| text(headers, &header::HOST)).unwrap_or_default();
        let known = self.expose || self.hosts.iter().any(|name| name.eq_ignore_ascii_case(host));
        if !known {
            return Some("unknown Host");
        }
        if method.is_safe() {
            return None;
        }
        let origin = text(headers, &header::ORIGIN)?;
        let own = ["http://", "https://"]
            .iter()
            .filter_map(|scheme| origin.strip_prefix(scheme))
            .any(|name| name.eq_ignore_ascii_case(host));
        (!own).then_some("foreign Origin")
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"))
}

/// Refuses other hosts and other sites' pages.
pub async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let authority = request.uri().authority().map(|name| name.as_str().to_owned());
    match guard.refusal(request.method(), request.headers(), authority.as_deref()) {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    }
}
