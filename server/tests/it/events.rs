//! Open pages hear that something changed, and only their own tenant's people do.

use std::net::SocketAddr;
use std::time::Duration;

use app::endpoints;
use axum::extract::ConnectInfo;
use axum::response::Response;
use futures::StreamExt;
use http::Method;
use server::http::edge::limits::STREAMS_PER_PERSON;
use tower::ServiceExt;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{Browser, World};

const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_change_is_told_and_a_stopping_server_ends_the_stream() {
    for_each_database(async |database: TestDatabase| listen(&World::open(&database).await).await).await;
}

async fn listen(world: &World) {
    let mut owner = world.signed_in(&world.owner).await;
    let mut request = owner
        .request(Method::GET, endpoints::EVENTS, "text/event-stream")
        .body(axum::body::Body::empty())
        .unwrap();
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let response = world.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut lines = response
        .into_body()
        .into_data_stream()
        .map(|line| String::from_utf8(line.unwrap().to_vec()).unwrap());
    assert_eq!(lines.next().await.unwrap().trim(), ": open");

    let account = world.account.to_string();
    owner
        .call(
            endpoints::ENABLE_ACCOUNT,
            &[("account", &account), ("enabled", "false")],
        )
        .await;
    let told = tokio::time::timeout(PATIENCE, lines.next())
        .await
        .expect("the change is told")
        .unwrap();
    assert_eq!(told.trim(), "data: changed");

    world.server.stop.cancel();
    let end = tokio::time::timeout(PATIENCE, lines.next())
        .await
        .expect("the stream ends");
    assert_eq!(end, None);
}

async fn open(world: &World, browser: &Browser) -> Response {
    let request = browser.request(Method::GET, endpoints::EVENTS, "text/event-stream");
    let mut request = request.body(axum::body::Body::empty()).unwrap();
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    world.router.clone().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn a_person_has_so_many_streams_and_others_have_theirs() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let (owner, viewer) = (
        world.signed_in(&world.owner).await,
        world.signed_in(&world.viewer).await,
    );
    let mut streams = Vec::new();
    for _ in 0..STREAMS_PER_PERSON {
        streams.push(open(&world, &owner).await);
    }
    assert!(streams.iter().all(|stream| stream.status() == 200));
    assert_eq!(open(&world, &owner).await.status(), 429);
    assert_eq!(open(&world, &viewer).await.status(), 200);
    streams.pop();
    assert_eq!(open(&world, &owner).await.status(), 200);
}

#[tokio::test]
async fn a_stream_ends_when_its_session_does() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut here = world.signed_in(&world.owner).await;
    let mut elsewhere = world.signed_in(&world.owner).await;
    let (mine, theirs) = (open(&world, &here).await, open(&world, &elsewhere).await);
    let (mut mine, mut theirs) = (
        mine.into_body().into_data_stream(),
        theirs.into_body().into_data_stream(),
    );
    assert!(mine.next().await.is_some() && theirs.next().await.is_some());

    here.call(endpoints::SIGN_OUT, &[]).await;
    let end = tokio::time::timeout(PATIENCE, mine.next()).await;
    assert!(end.expect("signing out ends it").is_none());

    let mut third = world.signed_in(&world.owner).await;
    let fields = [("current", world.owner.password), ("new", "a very new password")];
    assert_eq!(third.call(endpoints::CHANGE_PASSWORD, &fields).await.status, 200);
    assert_eq!(elsewhere.get("/admin/settings").await.status, 303);
    let end = tokio::time::timeout(PATIENCE, async { while theirs.next().await.is_some() {} });
    end.await.expect("a new password ends it");
}

#[tokio::test]
async fn strangers_hear_nothing() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    let request = browser
        .request(Method::GET, endpoints::EVENTS, "text/event-stream")
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(browser.send(request).await.status, 401);
}
