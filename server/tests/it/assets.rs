//! Files of the site: compressed, cached, and nothing beside them.

use std::path::Path;

use axum::body::Body;
use http::Method;
use server::http::routes::assets;
use server::site::Site;

use crate::shared::{TestDatabase, for_each_database};
use crate::support::{Browser, World};

fn site(folder: &Path) -> Site {
    let pkg = folder.join("pkg");
    std::fs::create_dir(&pkg).unwrap();
    for (name, content) in [
        ("concierge.css", "plain"),
        ("concierge.css.br", "brotli"),
        ("concierge.css.gz", "gzip"),
    ] {
        std::fs::write(pkg.join(name), content).unwrap();
    }
    std::fs::write(folder.join("favicon.svg"), "<svg/>").unwrap();
    Site::at(folder.to_path_buf())
}

#[tokio::test]
async fn the_smallest_form_the_browser_takes_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut browser = Browser::new(&assets::routes(&site(folder.path())), "http://127.0.0.1:3000");
    for (accepts, body, encoding) in [
        ("gzip, br", "brotli", "br"),
        ("gzip", "gzip", "gzip"),
        ("identity", "plain", ""),
    ] {
        for path in ["/pkg/concierge.css", "/style.css"] {
            let request = browser
                .request(Method::GET, path, "text/css")
                .header("accept-encoding", accepts);
            let answer = browser.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, body), "{path}");
            assert_eq!(answer.header("content-encoding"), encoding);
            assert_eq!(answer.header("content-type"), "text/css");
            assert_eq!(
                answer.header("cache-control"),
                "no-cache",
                "names without a hash are asked for again"
            );
        }
    }
}

#[tokio::test]
async fn the_icon_is_served_and_nothing_outside() {
    let folder = tempfile::tempdir().unwrap();
    let mut browser = Browser::new(&assets::routes(&site(folder.path())), "http://127.0.0.1:3000");
    assert_eq!(browser.get("/favicon.svg").await.body, "<svg/>");
    for path in [
        "/pkg/missing.js",
        "/pkg/../favicon.svg",
        "/pkg/%2e%2e/favicon.svg",
        "/pkg/",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_ne!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable",
            "{path}"
        );
    }
}

/// Preloads would share a slow line with the style sheet.
#[tokio::test]
async fn a_page_names_the_files_that_make_it_alive_for_after_it_is_painted() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let page = world.browser().get("/login").await.body;
        let links: Vec<&str> = page.split("<link ").filter(|link| link.contains(".wasm")).collect();
        for (file, link) in ["concierge", "chunk_1", "split_public"].iter().zip(&links) {
            let is_later = link.contains(&format!("\"/pkg/{file}.wasm\"")) && link.contains("\"after-paint\"");
            assert!(is_later, "{link}");
        }
        assert_eq!(links.len(), 3, "{page}");
        assert!(!page.contains("split_rules"), "another part's");
        assert!(
            page.contains(r#"("/pkg/concierge.js", "/pkg/concierge.wasm")"#),
            "{page}"
        );
    })
    .await;
}
