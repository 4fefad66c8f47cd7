//! Several servers on one database, with their real workers: nobody is answered twice, whoever dies on the way.

use std::time::Duration;

use domain::reasons::Reason;
use engine::{Engine, Role};
use futures::future::join_all;
use sandbox::{Edge, FaultKind, FaultSpec};
use tokio_util::sync::CancellationToken;

use crate::support::{TestDatabases, eventually, for_each_database};
use crate::world::{DEFAULT_REPLY, Setup, World};

const CUSTOMERS: usize = 30;
const MESSAGES: usize = 3;

fn quick(setup: &mut Setup) {
    setup.real_time = true;
    setup.timings.retry_delays_ms = vec![20; 20];
    setup.timings.retry_jitter = 0.0;
    setup.timings.lookup_delays_ms = vec![300, 500, 700];
    setup.timings.lookup_then_every_ms = 300;
    setup.timings.sweep_ms = 100;
}

async fn nothing_is_open(world: &World) -> Option<()> {
    let text = "SELECT COUNT(*) AS number FROM replies WHERE tenant_id = $1 AND settled_at IS NULL";
    (world.number(text).await == 0).then_some(())
}

#[tokio::test]
async fn three_servers_on_one_database_answer_everybody_once() {
    let Some(database) = TestDatabases::postgres().await else {
        return;
    };
    let world = World::with(&database, quick).await;
    world.grant(world.tenant, 1_000).await;
    let mut servers: Vec<Engine> = Vec::new();
    for _ in 0..3 {
        servers.push(world.another_engine(database.open_again().await).await);
    }
    let shutdown = CancellationToken::new();
    let running: Vec<_> = servers
        .iter()
        .map(|server| {
            let (server, shutdown) = (server.clone(), shutdown.clone());
            tokio::spawn(async move { server.run(Role::Worker, shutdown).await })
        })
        .collect();
    world.meta().fault(FaultSpec::from(FaultKind::CutAfter).times(6));
    world.meta().fault(
        FaultSpec::from(FaultKind::ServerError { http_status: 502 })
            .edge(Edge::Send)
            .times(6),
    );
    for message in 0..MESSAGES {
        for customer in 0..CUSTOMERS {
            world.dm_from(&format!("guest {customer}"), &format!("hello {message}"));
        }
    }
    let bodies = world.webhooks().await;
    let everywhere = bodies
        .iter()
        .flat_map(|body| servers.iter().map(move |server| server.inbox().receive(body)));
    for received in join_all(everywhere).await {
        received.unwrap();
    }
    eventually("everything is settled", || nothing_is_open(&world)).await;
    shutdown.cancel();
    join_all(running).await;
    for customer in 0..CUSTOMERS {
        let times = world
            .meta()
            .times_sent(&world.username, &format!("guest {customer}"), DEFAULT_REPLY);
        assert_eq!(usize::try_from(times).unwrap(), MESSAGES, "guest {customer}");
    }
    world.audit().await;
    for server in servers {
        server.database().close().await;
    }
    database.close().await;
}

#[tokio::test]
async fn a_panic_is_tried_three_times_and_then_ends_the_reply_that_met_it_and_no_other() {
    for_each_database(|database| async move {
        let world = World::with(&database, quick).await;
        world.gate.panic_next(3);
        world.dm("met by a bug");
        world.deliver().await;
        let shutdown = CancellationToken::new();
        let (server, stop) = (world.engine.clone(), shutdown.clone());
        let running = tokio::spawn(async move { server.run(Role::Worker, stop).await });
        eventually("the first reply has ended", || nothing_is_open(&world)).await;
        world.ended_for(Reason::InternalError).await;
        world.dm("met by nobody");
        world.deliver().await;
        eventually("the second reply has ended", || nothing_is_open(&world)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        shutdown.cancel();
        running.await.unwrap();
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn real_workers_answer_without_being_told_to() {
    for_each_database(|database| async move {
        let world = World::with(&database, quick).await;
        let shutdown = CancellationToken::new();
        let (server, stop) = (world.engine.clone(), shutdown.clone());
        let running = tokio::spawn(async move { server.run(Role::Worker, stop).await });
        world.dm("hello");
        world.deliver().await;
        assert_eq!(world.meta().wait_for_sent(1, Duration::from_secs(10)).await.len(), 1);
        eventually("the answer is noted", || nothing_is_open(&world)).await;
        shutdown.cancel();
        running.await.unwrap();
        world.audit().await;
    })
    .await;
}
