//! Meta's callbacks about people: proven or refused, repeatable, and always answered.

use axum::body::Body;
use http::{Method, Request, header};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sandbox::signed_request;
use url::form_urlencoded::Serializer;

use crate::shared::{TestDatabases, for_each_database};
use crate::support::{APP_SECRET, Answer, Browser, World};

const STRANGER: &str = r#"{"user_id":"404","algorithm":"HMAC-SHA256","issued_at":1795404000}"#;

async fn post(browser: &mut Browser, path: &str, signed: &str) -> Answer {
    let body = Serializer::new(String::new())
        .append_pair("signed_request", signed)
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn an_unknown_person_gets_a_valid_answer_every_time() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        let mut meta = world.browser();
        for secret in [APP_SECRET, "old-secret"] {
            let signed = signed_request(secret, STRANGER.as_bytes());
            assert_eq!(post(&mut meta, "/meta/deauthorize", &signed).await.status, 200);
        }
        let signed = signed_request(APP_SECRET, STRANGER.as_bytes());
        let first = post(&mut meta, "/meta/data-deletion", &signed).await;
        assert_eq!(first.status, 200, "{first:?}");
        let code = first.json()["confirmation_code"].as_str().unwrap().to_owned();
        let url = first.json()["url"].as_str().unwrap().to_owned();
        assert_eq!(url, format!("https://concierge.example/meta/data-deletion/{code}"));
        let page = world.browser().get(&format!("/meta/data-deletion/{code}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Nothing is stored about you"), "{}", page.body);
        let second = post(&mut meta, "/meta/data-deletion", &signed).await;
        assert_eq!(second.json(), first.json());
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_never_given_out_is_told_so() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let page = world.browser().get("/meta/data-deletion/NOBODYSCODE").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("There is no such request"), "{}", page.body);
}

#[tokio::test]
async fn anybody_may_read_the_operators_privacy_text() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let page = world.browser().get("/privacy").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body
            .contains("What is stored about people who write to a business"),
        "{}",
        page.body
    );
    assert!(world.browser().get("/login").await.body.contains(r#"href="/privacy""#));
}

#[tokio::test]
async fn what_is_not_metas_is_refused() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut meta = world.browser();
    for path in ["/meta/deauthorize", "/meta/data-deletion"] {
        let foreign = signed_request("somebody else's secret", STRANGER.as_bytes());
        assert_eq!(post(&mut meta, path, &foreign).await.status, 401);
        assert_eq!(post(&mut meta, path, "nonsense").await.status, 400);
        let old = STRANGER.replace("1795404000", "1795000000");
        let old = signed_request(APP_SECRET, old.as_bytes());
        assert_eq!(post(&mut meta, path, &old).await.status, 400, "replayed after days");
        let large = "x".repeat(200_000);
        assert_eq!(post(&mut meta, path, &large).await.status, 413);
    }
}

#[test]
fn no_body_makes_the_callbacks_fall_over() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let world = runtime.block_on(async { World::open(&TestDatabases::sqlite().await).await });
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    let bodies = prop_oneof![
        any::<Vec<u8>>().prop_map(|payload| signed_request(APP_SECRET, &payload)),
        ".{0,200}".prop_map(String::from),
        "[A-Za-z0-9_=-]{0,60}\\.[A-Za-z0-9_=-]{0,60}".prop_map(String::from),
    ];
    runner
        .run(&bodies, |signed| {
            let answer = runtime.block_on(post(&mut world.browser(), "/meta/data-deletion", &signed));
            prop_assert!(matches!(answer.status.as_u16(), 400 | 401), "{:?}", answer);
            Ok(())
        })
        .unwrap();
}
