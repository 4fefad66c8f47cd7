//! An address that cannot leave this site. Redirects take nothing else, the one to Facebook excepted.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

/// A path of this server, with its query and fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// Takes `/path?query#fragment`. Browsers read `//host`, `/\\host` and, as they drop tabs and line ends, `/<tab>/host` as
    /// another host: none of these is a path of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let inside = text.starts_with('/')
            && !text.starts_with("//")
            && !text.contains('\\')
            && text.bytes().all(|byte| (0x21..0x7f).contains(&byte));
        inside.then(|| Self(text.to_owned()))
    }

    /// The overview, where everybody lands who has nowhere else to go.
    #[must_use]
    pub fn overview() -> Self {
        Self("/admin".into())
    }

    /// The sign-in, with the way back to `page`.
    #[must_use]
    pub fn sign_in(page: &str) -> Self {
        let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        Self(format!("/login?next={next}"))
    }

    /// The path alone.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    /// As it stands in `Location`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 303 to there.
    #[must_use]
    pub fn redirect(&self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SEE_OTHER;
        let target = HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("/admin"));
        response.headers_mut().insert(header::LOCATION, target);
        response
    }
}

#[cfg(test)]
mod tests;
