//! When something below a page breaks: words instead of stack traces, and the right status.

use app::endpoints;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::get;
use server::http::forms::error_pages::render_errors;
use server::http::layers::panics;
use tower_http::catch_panic::CatchPanicLayer;

use crate::shared::TestDatabases;
use crate::support::{Browser, World};

#[tokio::test]
async fn without_the_database_pages_say_so() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let mut owner = world.signed_in(&world.owner).await;
    database.close().await;

    let page = owner.get("/admin").await;
    assert_eq!(page.status, 503, "{page:?}");
    assert!(page.body.contains("database does not answer"), "{}", page.body);
    assert!(page.body.contains("give the operator this number"), "{}", page.body);

    let program = owner.call(endpoints::LOAD_OVERVIEW, &[]).await;
    assert_eq!(
        (program.status.as_u16(), program.json()["error"].as_str()),
        (503, Some("unavailable"))
    );
}

#[tokio::test]
async fn a_panic_is_a_page_with_an_error_id_and_without_its_words() {
    #[expect(clippy::panic, reason = "the test is about it")]
    async fn broken() -> &'static str {
        panic!("secret words")
    }
    let router = Router::new()
        .route("/broken", get(broken))
        .layer(CatchPanicLayer::custom(panics::answer))
        .layer(from_fn(render_errors));
    let mut browser = Browser::new(&router, "https://concierge.example");
    let page = browser.get("/broken").await;
    assert_eq!(page.status, 500);
    assert!(page.body.contains("give the operator this number"), "{}", page.body);
    assert!(!page.body.contains("secret words"));

    let request = browser.request(http::Method::GET, "/broken", "application/json");
    let program = browser.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(program.json()["error"], "internal");
    assert_eq!(program.json()["error_id"].as_str().unwrap().len(), 12);
}
