//! Where a plain form goes after it was answered: to the page it came from, and only to pages of this server.

use axum::response::Response;
use http::{HeaderMap, header};
use url::Url;

use crate::http::layers::origin::AllowedOrigin;

/// Where a form goes when it does not say where it came from.
const DEFAULT_PAGE: &str = "/admin";

/// The page a form came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnTo {
    path_and_query: String,
}

/// Reads it from `Referer`; what Leptos adds to addresses after errors is taken off.
#[must_use]
pub fn from_referer(origin: &AllowedOrigin, headers: &HeaderMap) -> ReturnTo {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let page = referer
        .and_then(|referer| origin.page(referer, headers))
        .map(|page| without_errors(&page));
    ReturnTo {
        path_and_query: page.unwrap_or_else(|| DEFAULT_PAGE.into()),
    }
}

impl ReturnTo {
    /// The page, scrolled to the form.
    #[must_use]
    pub fn at(&self, form_id: &str) -> String {
        let fragment = if form_id.is_empty() {
            String::new()
        } else {
            format!("#{form_id}")
        };
        format!("{}{fragment}", self.path_and_query)
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
pub fn redirect_target(response: &Response) -> Option<String> {
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    let inside = location.starts_with('/') && !location.starts_with("//") && !location.contains('\\');
    inside.then(|| location.to_owned())
}
