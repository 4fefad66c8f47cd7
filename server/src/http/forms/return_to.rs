//! Where a plain form goes after it was answered: to the page it came from, and only to pages of this server.

use axum::response::Response;
use http::{HeaderMap, header};
use url::Url;

use super::local_path::LocalPath;
use crate::http::layers::origin::AllowedOrigin;

/// The page a form came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTo(LocalPath);

/// Reads it from `Referer`; what Leptos adds to addresses after errors is taken off.
#[must_use]
pub fn from_referer(origin: &AllowedOrigin, headers: &HeaderMap) -> ReturnTo {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let page = referer
        .and_then(|referer| origin.page(referer, headers))
        .and_then(|page| LocalPath::parse(&without_errors(&page)));
    ReturnTo(page.unwrap_or_else(LocalPath::overview))
}

impl ReturnTo {
    /// The page, scrolled to the form; `form_id` is plain.
    #[must_use]
    pub fn at(&self, form_id: &str) -> LocalPath {
        if form_id.is_empty() {
            return self.0.clone();
        }
        LocalPath::parse(&format!("{}#{form_id}", self.0.as_str())).unwrap_or_else(|| self.0.clone())
    }
}

fn without_errors(page: &Url) -> String {
    let kept: Vec<_> = page
        .query_pairs()
        .filter(|(key, _)| key != "__err" && key != "__path")
        .collect();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .finish();
    if query.is_empty() {
        page.path().to_owned()
    } else {
        format!("{}?{query}", page.path())
    }
}

/// Where the server function redirects to, if that is a page of this server.
#[must_use]
pub fn redirect_target(response: &Response) -> Option<LocalPath> {
    LocalPath::parse(response.headers().get(header::LOCATION)?.to_str().ok()?)
}
