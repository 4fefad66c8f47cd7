//! The table of routes is complete: every page and every server function of the app is in it, and nothing else.

use std::collections::BTreeSet;

use app::endpoints::SERVER_FNS;
use leptos::server_fn::axum::server_fn_paths;
use server::http::routes::pages::known_pages;
use server::http::routes::table::{Kind, ROUTES};

use crate::shared::TestDatabases;
use crate::support::World;

fn listed(kind: Kind) -> BTreeSet<String> {
    ROUTES
        .iter()
        .filter(|route| route.kind == kind)
        .map(|route| route.path.to_owned())
        .collect()
}

#[tokio::test]
async fn every_page_is_in_the_table() {
    let known: BTreeSet<String> = known_pages().into_iter().collect();
    assert_eq!(known, listed(Kind::Page));
}

#[tokio::test]
async fn every_server_function_is_a_post_and_is_in_the_table_and_among_the_endpoints() {
    // The app is linked because its pages are used.
    let _pages = known_pages();
    let functions: Vec<_> = server_fn_paths().collect();
    for (path, method) in &functions {
        assert_eq!(method, "POST", "{path}");
    }
    let known: BTreeSet<String> = functions.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(known, listed(Kind::Function));
    assert_eq!(known, SERVER_FNS.iter().map(|path| (*path).to_owned()).collect());
}

#[tokio::test]
async fn every_route_of_the_table_is_there() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    for route in ROUTES.iter().filter(|route| route.kind != Kind::Events) {
        let path = route.path.replace("{id}", &world.account.to_string());
        let request = browser
            .request(route.method.clone(), &path, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = browser.send(request).await;
        // The page is there; the code is nobody's.
        let is_about_a_code = answer.body.contains("There is no such request");
        assert!(answer.status != 404 || is_about_a_code, "{route:?}");
        assert_ne!(answer.status, 405, "{route:?}");
        assert!(!answer.status.is_server_error(), "{route:?}: {answer:?}");
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so_in_the_callers_language() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let page = world.browser().get("/nowhere").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("There is nothing here"), "{}", page.body);

    let program = world.browser().call("/api/no/such/function", &[]).await;
    assert_eq!(
        (program.status.as_u16(), program.json()["error"].as_str()),
        (404, Some("not_found"))
    );
}

#[tokio::test]
async fn a_method_without_a_line_is_not_allowed() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    for (path, allow) in [
        ("/healthz", "GET"),
        ("/webhook/instagram", "GET, POST"),
        ("/login", "GET"),
    ] {
        let request = browser.request(http::Method::DELETE, path, "application/json");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let answer = browser.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, allow), "{path}");
    }
}
