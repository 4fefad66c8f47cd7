//! Script, WebAssembly, style sheet and icons: compressed when they were built, with hashed names that browsers may keep for good.

use std::path::Path;

use axum::Router;
use http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};

use crate::site::Site;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// The routes of all files.
pub fn routes(site: &Site) -> Router {
    let cache_control = if site.has_hashed_names() { IMMUTABLE } else { REVALIDATE };
    let pkg = ServeDir::new(site.pkg())
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false);
    let pkg = ServiceBuilder::new()
        .map_response(move |response| with_cache_control(response, &cache_control))
        .service(pkg);
    // Plain error pages do not know the hashed name.
    let style_sheet = file(&site.style_sheet());
    let router = Router::new()
        .nest_service("/pkg", pkg)
        .route_service("/style.css", style_sheet);
    site.top_files()
        .into_iter()
        .filter(|(name, _)| name != "style.css")
        .fold(router, |router, (name, path)| {
            router.route_service(&format!("/{name}"), file(&path))
        })
}

type FileService = axum::routing::MethodRouter;

fn file(path: &Path) -> FileService {
    let file = ServeFile::new(path).precompressed_br().precompressed_gzip();
    axum::routing::get_service(
        ServiceBuilder::new()
            .map_response(|response| with_cache_control(response, &REVALIDATE))
            .service(file),
    )
}

/// A missing file is not cached.
fn with_cache_control<B>(mut response: http::Response<B>, cache_control: &HeaderValue) -> http::Response<B> {
    let found = response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED;
    let value = if found {
        cache_control.clone()
    } else {
        HeaderValue::from_static("no-store")
    };
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    // Shared caches keep one copy per encoding.
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
