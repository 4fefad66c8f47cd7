//! Security headers on every route of the table.

use app::endpoints;
use axum::body::Body;
use server::config::BaseUrl;
use server::http::routes::table::{Kind, ROUTES};

use crate::shared::TestDatabases;
use crate::support::{Answer, World};

const AROUND_SCRIPTS: [&str; 2] = [
    "default-src 'none'; script-src ",
    "; style-src 'self'; img-src 'self' data:; manifest-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
];

fn scripts(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let scripts = policy
        .strip_prefix(AROUND_SCRIPTS[0])
        .and_then(|rest| rest.strip_suffix(AROUND_SCRIPTS[1]));
    scripts
        .unwrap_or_else(|| panic!("unexpected policy: {policy}"))
        .to_owned()
}

#[tokio::test]
async fn every_route_carries_them() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.owner).await;
    for route in ROUTES.iter().filter(|route| route.kind != Kind::Events) {
        let path = route.path.replace("{id}", &world.account.to_string());
        let request = browser
            .request(route.method.clone(), &path, "text/html")
            .body(Body::empty())
            .unwrap();
        let answer = browser.send(request).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{route:?}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{route:?}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{route:?}");
        assert_eq!(answer.header("cache-control"), "no-store", "{route:?}");
        assert!(
            answer.header("strict-transport-security").starts_with("max-age="),
            "{route:?}"
        );
        scripts(&answer);
    }
}

#[tokio::test]
async fn a_page_lets_exactly_its_own_scripts_run() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let (first, second) = (world.browser().get("/login").await, world.browser().get("/login").await);
    let policy = scripts(&first);
    let nonce = policy
        .strip_prefix("'nonce-")
        .and_then(|rest| rest.strip_suffix("' 'strict-dynamic' 'wasm-unsafe-eval'"));
    let nonce = nonce.unwrap_or_else(|| panic!("unexpected scripts: {policy}"));
    assert!(nonce.len() >= 16, "{nonce}");
    assert!(first.body.contains(&format!("nonce=\"{nonce}\"")));
    assert_ne!(policy, scripts(&second));
    for script in first.body.split("<script").skip(1) {
        assert!(
            script
                .split('>')
                .next()
                .unwrap()
                .contains(&format!("nonce=\"{nonce}\"")),
            "{script:.80}"
        );
    }
    assert!(!first.body.contains("style=\""), "inline styles are forbidden");
}

#[tokio::test]
async fn everything_else_lets_no_script_run() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    assert_eq!(scripts(&world.browser().get("/healthz").await), "'none'");
    assert_eq!(
        scripts(&world.browser().call(endpoints::LOAD_OVERVIEW, &[]).await),
        "'none'"
    );
}

#[tokio::test]
async fn over_plain_http_nobody_is_told_to_insist_on_https() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.web.base_url = BaseUrl::parse("http://127.0.0.1:3000").unwrap();
    })
    .await;
    assert_eq!(
        world.browser().get("/login").await.header("strict-transport-security"),
        ""
    );
}
