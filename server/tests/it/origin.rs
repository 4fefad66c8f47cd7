//! Other sites' pages change nothing here.

use app::endpoints::SIGN_OUT;
use axum::body::Body;
use http::{Method, StatusCode};
use server::config::BaseUrl;
use server::http::router::Exposure;

use crate::shared::TestDatabases;
use crate::support::World;

async fn post(world: &World, path: &str, headers: &[(&str, &str)]) -> StatusCode {
    let mut browser = world.browser();
    let mut request = browser.request(Method::POST, path, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::empty()).unwrap()).await.status
}

#[tokio::test]
async fn only_our_own_pages_may_change_anything() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let allowed: [&[(&str, &str)]; 4] = [
        &[],
        &[("origin", "https://concierge.example")],
        &[
            ("origin", "https://concierge.example"),
            ("sec-fetch-site", "same-origin"),
        ],
        &[("sec-fetch-site", "none")],
    ];
    for headers in allowed {
        assert_eq!(post(&world, SIGN_OUT, headers).await, 200, "{headers:?}");
    }
    let refused: [&[(&str, &str)]; 7] = [
        &[("origin", "https://elsewhere.example")],
        &[("origin", "http://concierge.example")],
        &[("origin", "https://concierge.example.elsewhere.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "https://concierge.example")],
        &[("origin", "https://concierge.example:444")],
    ];
    for headers in refused {
        assert_eq!(post(&world, SIGN_OUT, headers).await, 403, "{headers:?}");
    }
}

#[tokio::test]
async fn looking_is_not_changing() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    let request = browser
        .request(Method::GET, "/login", "text/html")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(browser.send(request.body(Body::empty()).unwrap()).await.status, 200);
}

#[tokio::test]
async fn meta_proves_itself_by_its_signature() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let from_elsewhere = [
        ("origin", "https://elsewhere.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    assert_eq!(post(&world, "/webhook/instagram", &from_elsewhere).await, 401);
}

#[tokio::test]
async fn on_this_machine_all_its_names_are_ours() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.web.base_url = BaseUrl::parse("http://127.0.0.1:3000").unwrap();
    })
    .await;
    assert_eq!(
        post(&world, SIGN_OUT, &[("origin", "http://localhost:3000")]).await,
        200
    );
    assert_eq!(post(&world, SIGN_OUT, &[("origin", "http://[::1]:3000")]).await, 200);
    assert_eq!(
        post(&world, SIGN_OUT, &[("origin", "http://localhost:3001")]).await,
        403
    );
}

#[tokio::test]
async fn a_demo_answers_to_this_machines_names_only() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.web.base_url = BaseUrl::parse("http://127.0.0.1:3000").unwrap();
        server.exposure = Exposure::Loopback;
    })
    .await;
    let mut browser = world.browser();
    let mut ask = async |host: &str| {
        let request = http::Request::builder()
            .uri("/login")
            .header("host", host)
            .body(Body::empty())
            .unwrap();
        browser.send(request).await.status
    };
    assert_eq!(ask("localhost:3000").await, 200);
    assert_eq!(ask("127.0.0.1:3000").await, 200);
    assert_eq!(ask("rebound.elsewhere.example:3000").await, 421);
}

#[tokio::test]
async fn an_exposed_demo_takes_the_name_it_was_asked_by() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.web.base_url = BaseUrl::parse("http://127.0.0.1:3000").unwrap();
        server.exposure = Exposure::AnyHost;
    })
    .await;
    let mut browser = world.browser();
    let mut ask = async |origin: &str| {
        let request = http::Request::builder()
            .method(Method::POST)
            .uri(SIGN_OUT)
            .header("host", "192.0.2.7:3000");
        browser
            .send(request.header("origin", origin).body(Body::empty()).unwrap())
            .await
            .status
    };
    assert_eq!(ask("http://192.0.2.7:3000").await, 200);
    assert_eq!(ask("http://elsewhere.example").await, 403);
}
