//! Several servers on one database, with their real workers: nobody is answered twice, whoever dies on the way.

use std::time::Duration;

use domain::reasons::Reason;
use futures::future::join_all;
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::support::eventually;
use crate::world::{DEFAULT_REPLY, Setup, World, on_postgres, tell_with};

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

fn quick_on_postgres(setup: &mut Setup) {
    quick(setup);
    on_postgres(setup);
}

async fn nothing_is_open(world: &World) -> Option<()> {
    (world.count("replies WHERE tenant_id = $1 AND settled_at IS NULL").await == 0).then_some(())
}

#[tokio::test]
async fn three_servers_on_one_database_answer_everybody_once() {
    tell_with(quick_on_postgres, async |world| {
        world.grant_credits(1_000).await;
        let servers = world.start_servers(3).await;
        world.meta().fault(FaultSpec::from(FaultKind::CutAfter).times(6));
        world.meta().fault(
            FaultSpec::from(FaultKind::ServerError { http_status: 502 })
                .edge(Edge::Send)
                .times(6),
        );
        for message in 0..MESSAGES {
            for customer in 0..CUSTOMERS {
                world.customer_writes_as(&format!("guest {customer}"), &format!("hello {message}"));
            }
        }
        let bodies = world.webhooks().await;
        let everywhere = bodies
            .iter()
            .flat_map(|body| servers.engines.iter().map(move |server| server.inbox().receive(body)));
        for received in join_all(everywhere).await {
            received.unwrap();
        }
        eventually("everything is settled", || nothing_is_open(world)).await;
        servers.stop().await;
        for customer in 0..CUSTOMERS {
            let times = world
                .meta()
                .times_sent(&world.username, &format!("guest {customer}"), DEFAULT_REPLY);
            assert_eq!(usize::try_from(times).unwrap(), MESSAGES, "guest {customer}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_tried_three_times_and_then_ends_the_reply_that_met_it_and_no_other() {
    tell_with(quick, async |world| {
        world.channel.panic_next(3);
        world.customer_writes("met by a bug");
        world.deliver().await;
        let workers = world.start_workers();
        eventually("the first reply has ended", || nothing_is_open(world)).await;
        world.ended_for(Reason::OutcomeUnknown).await;
        world.customer_writes("met by nobody");
        world.deliver().await;
        eventually("the second reply has ended", || nothing_is_open(world)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        workers.stop().await;
    })
    .await;
}

#[tokio::test]
async fn real_workers_answer_without_being_told_to() {
    tell_with(quick, async |world| {
        let workers = world.start_workers();
        world.customer_writes("hello");
        world.deliver().await;
        assert_eq!(world.meta().wait_for_sent(1, Duration::from_secs(10)).await.len(), 1);
        eventually("the answer is noted", || nothing_is_open(world)).await;
        workers.stop().await;
    })
    .await;
}
