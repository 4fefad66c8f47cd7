//! Programs hear what changed, and what changed while they were away.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use engine::identity::Actor;
use futures::StreamExt;
use http::Method;
use server::api::resources::events::STREAMS_PER_KEY;

use super::client::{Program, keys, rule, rules_of};
use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;

const PATIENCE: Duration = Duration::from_secs(10);
const EVENTS: &str = "/api/v1/events";

async fn open(program: &Program, last: Option<&str>) -> axum::response::Response {
    let headers: Vec<(&str, &str)> = last.map(|last| ("last-event-id", last)).into_iter().collect();
    let request = program
        .request(Method::GET, EVENTS, &headers)
        .body(Body::empty())
        .unwrap();
    program.open(request).await
}

/// Id and topics.
async fn next(stream: &mut BodyDataStream) -> Option<(String, String)> {
    let bytes = tokio::time::timeout(PATIENCE, stream.next())
        .await
        .expect("something happens")?;
    let event = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
    let line = |name: &str| {
        let found = event.lines().find_map(|line| line.strip_prefix(name));
        found.map(|text| text.trim().to_owned()).unwrap_or_default()
    };
    Some((line("id:"), line("data:")))
}

#[tokio::test]
async fn a_program_hears_topics_and_goes_on_where_it_stopped() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let mut stream = open(&program, None).await.into_body().into_data_stream();
        let (first, topics) = next(&mut stream).await.unwrap();
        assert_eq!(topics, "open");
        program.post(&rules_of(&world), rule("CANARY-LABEL", "a")).await;
        let (second, topics) = next(&mut stream).await.unwrap();
        assert_eq!(topics, "rules");
        drop(stream);

        let mut again = open(&program, Some(&first)).await.into_body().into_data_stream();
        assert_eq!(next(&mut again).await.unwrap(), (second.clone(), "rules".to_owned()));
        let mut up_to_date = open(&program, Some(&second)).await.into_body().into_data_stream();
        assert_eq!(next(&mut up_to_date).await.unwrap(), (second, "open".to_owned()));
        assert_eq!(open(&program, Some("yesterday")).await.status(), 422);

        world.server.stop.cancel();
        assert_eq!(next(&mut again).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_key_and_each_key_has_so_many() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let (program, other) = (Program::of(&world).await, Program::of(&world).await);
    let mut streams = Vec::new();
    for _ in 0..STREAMS_PER_KEY {
        let stream = open(&program, None).await;
        assert_eq!(stream.status(), 200);
        streams.push(stream);
    }
    assert_eq!(open(&program, None).await.status(), 429);
    assert_eq!(open(&other, None).await.status(), 200);
    let mut last = streams.pop().unwrap().into_body().into_data_stream();
    next(&mut last).await;
    let keys = keys(&world, world.owner.tenant);
    keys.revoke(program.id.unwrap(), Actor::Command).await.unwrap();
    assert_eq!(next(&mut last).await, None);
}
