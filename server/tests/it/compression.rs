//! Pages and answers travel compressed; what must not wait is left alone.

use std::convert::Infallible;
use std::net::SocketAddr;

use app::endpoints;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use http::{Method, Request, header};
use http_body_util::BodyExt;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::decompression::DecompressionLayer;

use crate::shared::TestDatabases;
use crate::support::{Browser, World};

const PAGE: &str = "text/html";
const JSON: &str = "application/json";

async fn ask(world: &World, browser: &Browser, (path, accept): (&str, &str), encodings: &str) -> Response {
    let method = if accept == JSON { Method::POST } else { Method::GET };
    let request = browser
        .request(method, path, accept)
        .header(header::ORIGIN, world.server.web.base_url.origin())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::CONTENT_LENGTH, "0")
        .header(header::ACCEPT_ENCODING, encodings);
    let mut request = request.body(Body::empty()).unwrap();
    let from = SocketAddr::from(([127, 0, 0, 1], 50_000));
    request.extensions_mut().insert(ConnectInfo(from));
    world.router.clone().oneshot(request).await.unwrap()
}

fn header_of<'a>(response: &'a Response, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

/// The text that a browser reads, and how many bytes it took on the way.
async fn read(response: Response) -> (String, usize) {
    let (parts, body) = response.into_parts();
    let sent = body.collect().await.unwrap().to_bytes();
    let length = sent.len();
    let mut answer = Some(Response::from_parts(parts, Body::from(sent)));
    let again = move |_: Request<Body>| {
        let answer = answer.take().expect("it is read once");
        async move { Ok::<_, Infallible>(answer) }
    };
    let browser = ServiceBuilder::new()
        .layer(DecompressionLayer::new())
        .service(tower::service_fn(again));
    let read = browser.oneshot(Request::new(Body::empty())).await.unwrap();
    let text = read.into_body().collect().await.unwrap().to_bytes();
    (String::from_utf8(text.to_vec()).unwrap(), length)
}

#[tokio::test]
async fn pages_and_answers_travel_in_the_form_the_browser_takes() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let owner = world.signed_in(&world.owner).await;
    for target in [("/admin/instagram", PAGE), (endpoints::LOAD_PRIVACY, JSON)] {
        let plain = ask(&world, &owner, target, "identity").await;
        assert_eq!(
            (plain.status().as_u16(), header_of(&plain, "content-encoding")),
            (200, "")
        );
        assert_eq!(header_of(&plain, "vary"), "accept-encoding");
        let (plain, plain_length) = read(plain).await;
        for (encodings, expected) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
            let answer = ask(&world, &owner, target, encodings).await;
            assert_eq!(header_of(&answer, "content-encoding"), expected, "{target:?}");
            assert_eq!(header_of(&answer, "vary"), "accept-encoding");
            let (text, length) = read(answer).await;
            assert!(
                length < plain_length * 2 / 3,
                "{target:?} took {length} of {plain_length} bytes"
            );
            assert_eq!(without_nonce(&text).len(), without_nonce(&plain).len());
        }
    }
}

/// It is another one each time.
fn without_nonce(page: &str) -> String {
    let nonce = page.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next());
    nonce.map_or_else(|| page.to_owned(), |nonce| page.replace(nonce, ""))
}

#[tokio::test]
async fn an_answer_that_shows_a_secret_is_not_compressed() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let owner = world.signed_in(&world.owner).await;
    for target in [("/admin/settings/webhooks", PAGE), (endpoints::LOAD_WEBHOOKS, JSON)] {
        let answer = ask(&world, &owner, target, "gzip, br").await;
        assert_eq!(
            (answer.status().as_u16(), header_of(&answer, "content-encoding")),
            (200, ""),
            "{target:?}"
        );
    }
    let fields = "_form=api-key&name=Website&read=true&days=90";
    let request = owner
        .request(Method::POST, endpoints::CREATE_API_KEY, PAGE)
        .header(header::ORIGIN, world.server.web.base_url.origin())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::CONTENT_LENGTH, fields.len())
        .header(header::ACCEPT_ENCODING, "gzip, br");
    let mut request = request.body(Body::from(fields)).unwrap();
    let from = SocketAddr::from(([127, 0, 0, 1], 50_000));
    request.extensions_mut().insert(ConnectInfo(from));
    let made = world.router.clone().oneshot(request).await.unwrap();
    assert_eq!(header_of(&made, "content-encoding"), "");
    assert!(read(made).await.0.contains("concierge_"), "the key is shown");
}

#[tokio::test]
async fn an_event_does_not_wait_in_a_compressor() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let owner = world.signed_in(&world.owner).await;
    let events = ask(&world, &owner, (endpoints::EVENTS, "text/event-stream"), "gzip, br").await;
    assert_eq!(header_of(&events, "content-type"), "text/event-stream");
    assert_eq!(header_of(&events, "content-encoding"), "");
    let first = events.into_body().frame().await.unwrap().unwrap();
    assert_eq!(first.into_data().unwrap().trim_ascii(), b": open");
}

/// What compression could betray: nothing that opens a door stands in a page.
#[tokio::test]
async fn no_page_holds_what_a_cookie_holds() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let rules = format!("/admin/rules/instagram/{}", world.account);
    for page in ["/admin", "/admin/instagram", "/admin/settings", "/admin/health", &rules] {
        let body = owner.get(page).await.body;
        assert!(!owner.cookies.is_empty());
        for (name, value) in &owner.cookies {
            assert!(!body.contains(value.as_str()), "{page} holds the cookie {name}");
        }
    }
}
