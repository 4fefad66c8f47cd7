//! Compresses what is made anew for each request: pages, answers of server functions, exports. Files of the site are compressed when
//! they are built; event streams stay as they are, so that no event waits in a compressor.
//!
//! Compressed answers tell their length, and through it a secret that stands beside text of an attacker's choice (BREACH). Answers
//! that show a new key or the signing secret of a receiver therefore stay as they are. No other body holds such a secret: the session and the cookies of this server are HttpOnly and only ever in headers, forms carry no token
//! (`layers/origin.rs` looks at where they come from), and the nonce of a page is another one each time.

use app::endpoints;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

/// Below it, the header costs what compressing saves.
const SMALLEST: u16 = 512;
const COMPRESSED: [&str; 3] = ["text/html", "application/json", "text/csv"];

const WEBHOOKS_PAGE: &str = "/admin/settings/webhooks";
/// Their answers show secrets, to be copied.
const SHOWING_SECRETS: [&str; 3] = [endpoints::CREATE_API_KEY, endpoints::LOAD_WEBHOOKS, WEBHOOKS_PAGE];

/// With an answer: it may hold a secret.
#[derive(Clone, Copy)]
struct HoldsSecret;

/// Marks answers that [`compress`] leaves alone.
pub async fn mark_secrets(request: Request, next: Next) -> Response {
    let shows_secret = SHOWING_SECRETS.contains(&request.uri().path().trim_end_matches('/'));
    let mut response = next.run(request).await;
    if shows_secret {
        response.extensions_mut().insert(HoldsSecret);
    }
    response
}

type Accepts = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Brotli or gzip, as the caller takes it.
pub fn compress() -> CompressionLayer<And<SizeAbove, Accepts>> {
    let accepts: Accepts =
        |_, _, headers, extensions| extensions.get::<HoldsSecret>().is_none() && is_compressed(headers);
    CompressionLayer::new().compress_when(SizeAbove::new(SMALLEST).and(accepts))
}

fn is_compressed(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = content_type.and_then(|it| it.split(';').next());
    kind.is_some_and(|kind| COMPRESSED.contains(&kind.trim()))
}
