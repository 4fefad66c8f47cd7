//! Open pages hear that something changed, and only their own tenant's people do.

use std::net::SocketAddr;
use std::time::Duration;

use app::endpoints;
use axum::extract::ConnectInfo;
use futures::StreamExt;
use http::Method;
use tower::ServiceExt;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;

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
