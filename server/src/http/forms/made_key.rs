//! The answer to a plain form that made an API key: a page that shows it. A redirect would have to leave it somewhere for the next page.

use axum::body::to_bytes;
use axum::response::{Html, IntoResponse, Response};

use crate::http::plain_page::head;

/// A key is far shorter.
const LONGEST: usize = 1024;

/// The page around what the server function answered.
pub(super) async fn page(answered: Response) -> Response {
    let body = to_bytes(answered.into_body(), LONGEST).await.unwrap_or_default();
    let key: String = serde_json::from_slice(&body).unwrap_or_default();
    // Letters, digits and `_`: there is nothing to escape, and nothing else is shown.
    let key: String = key
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
        .collect();
    let head = head("The new key");
    let page = format!(
        "{head}<body><main class=\"gate stack\" id=\"main\"><h1>The new key</h1>\
         <p>Copy it now. It is not shown again; only its hash is kept.</p>\
         <p><input class=\"input mono\" type=\"text\" readonly value=\"{key}\" aria-label=\"The new key\" autocomplete=\"off\" translate=\"no\"></p>\
         <p><a class=\"btn\" href=\"/admin/settings#api-keys\">Back to the settings</a></p></main></body></html>"
    );
    Html(page).into_response()
}
