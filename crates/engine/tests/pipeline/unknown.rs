//! Unknown outcomes: whatever happens on the way to Meta, no customer gets the same answer twice.

use domain::reasons::Reason;
use sandbox::{EchoMode, Edge, FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, Setup, World, hours, minutes, seconds, tell, tell_with};

async fn hello(world: &World) {
    world.customer_writes("hello");
    world.deliver().await;
    world.run_due().await;
}

/// Every way in which Meta may leave us in the dark, and whether the message arrives all the same.
fn darkness() -> Vec<(FaultSpec, bool)> {
    let server_error = || FaultSpec::from(FaultKind::ServerError { http_status: 502 }).edge(Edge::Send);
    vec![
        (FaultKind::CutBefore.into(), false),
        (FaultKind::CutAfter.into(), true),
        (
            FaultSpec::from(FaultKind::Slow { ms: 600, before: false }).edge(Edge::Send),
            true,
        ),
        (server_error(), false),
        (server_error().accepted(), true),
        (FaultKind::UnknownError.into(), false),
        (FaultSpec::from(FaultKind::UnknownError).accepted(), true),
        (FaultKind::ServiceUnavailable.into(), false),
        (FaultSpec::from(FaultKind::ServiceUnavailable).accepted(), true),
        (FaultKind::AcceptedWithError.into(), true),
        (
            FaultSpec::from(FaultKind::Error {
                http_status: 500,
                code: 1,
                subcode: Some(1_357_046),
                is_transient: None,
            }),
            false,
        ),
    ]
}

fn impatient(setup: &mut Setup) {
    setup.graph_timeout = std::time::Duration::from_millis(250);
}

#[tokio::test]
async fn with_the_echo_the_outcome_is_known_at_once_and_never_repeated() {
    for (fault, arrives) in darkness() {
        tell_with(impatient, async |world| {
            world.meta().fault(fault.clone().times(1));
            hello(world).await;
            assert_eq!(world.reply().await.state, "sending", "{fault:?}");
            world.waits_for("confirming").await;
            world.deliver().await;
            assert_eq!(world.reply().await.state == "sent", arrives, "{fault:?}");
            world.meta().clear_faults();
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{fault:?}");
            assert_eq!(world.balance().await, 9);
        })
        .await;
    }
}

#[tokio::test]
async fn without_an_echo_the_conversation_tells() {
    for (fault, arrives) in darkness() {
        let without_echo = |setup: &mut Setup| {
            impatient(setup);
            setup.echo = EchoMode::Never;
        };
        tell_with(without_echo, async |world| {
            world.meta().fault(fault.clone().times(1));
            hello(world).await;
            world.meta().clear_faults();
            world.wait(seconds(9)).await;
            assert_eq!(world.reply().await.state, "sending", "the echo gets its time first");
            world.wait(seconds(1)).await;
            assert_eq!(world.reply().await.state == "sent", arrives, "{fault:?}");
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{fault:?}");
            assert_eq!(
                world.reply().await.platform_message_id.as_ref(),
                Some(&world.meta().sent()[0].mid)
            );
        })
        .await;
    }
}

#[tokio::test]
async fn one_empty_read_is_not_enough_to_send_again() {
    tell(async |world| {
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
        hello(world).await;
        world.wait(seconds(10)).await;
        assert!(world.replies().is_empty());
        world.meta().fault(
            FaultSpec::from(FaultKind::ServerError { http_status: 500 })
                .edge(Edge::Conversations)
                .times(1),
        );
        world.wait(seconds(20)).await;
        assert!(world.replies().is_empty(), "a read that failed says nothing");
        world.wait(seconds(90)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn after_an_outage_the_second_read_follows_the_first_at_once_and_the_pages_tell_meanwhile() {
    tell(async |world| {
        hello(world).await;
        world.deliver().await;
        let down = || FaultSpec::from(FaultKind::ServerError { http_status: 503 });
        world.meta().fault(down().edge(Edge::Send));
        world.meta().fault(down().edge(Edge::Conversations));
        hello(world).await;
        world.wait_in_steps(minutes(6), seconds(5)).await;
        let told = "Meta does not answer: 1 reply waits. It goes out by itself when Meta does.";
        assert_eq!(world.health().page().await.unwrap().summary, told);
        let attention = world.overview().page().await.unwrap().attention;
        assert_eq!(attention[0].what, "wait because Meta does not answer: 1 so far");

        world.meta().clear_faults();
        world.wait_in_steps(minutes(2), seconds(5)).await;
        assert_eq!(
            world.replies(),
            [DEFAULT_REPLY; 2],
            "asked again every two minutes at most, and found missing twice at once"
        );
        assert_ne!(world.health().page().await.unwrap().summary, told);
        let attention = world.overview().page().await.unwrap().attention;
        assert!(attention.iter().all(|line| line.subject != "Replies"), "{attention:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_first_after_an_outage_brings_the_others_their_replies() {
    tell(async |world| {
        hello(world).await;
        let down = || FaultSpec::from(FaultKind::ServerError { http_status: 503 });
        world.meta().fault(down().edge(Edge::Send));
        world.meta().fault(down().edge(Edge::Conversations));
        for customer in ["2001", "2002", "2003", "2004"] {
            world.customer_writes_as(customer, "hello");
        }
        world.deliver().await;
        world.run_due().await;
        world.wait_in_steps(minutes(30), seconds(30)).await;
        assert_eq!(world.replies().len(), 1);

        world.meta().clear_faults();
        world.customer_writes_as("2005", "hello");
        world.deliver().await;
        world.run_due().await;
        assert_eq!(world.replies().len(), 2, "a new one is answered at once");
        world.wait_in_steps(seconds(40), seconds(2)).await;
        assert_eq!(world.replies().len(), 6, "and every one that waited within a minute");
    })
    .await;
}

#[tokio::test]
async fn a_check_by_hand_does_not_make_one_empty_read_into_two() {
    tell(async |world| {
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
        hello(world).await;
        world.wait(seconds(10)).await;
        let connections = world.engine.connections();
        connections
            .check(world.tenant, world.account, engine::identity::Actor::Command)
            .await
            .unwrap();
        world.work().await;
        assert!(world.replies().is_empty(), "Meta may show it a moment later");
        world.wait_in_steps(seconds(25), seconds(5)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_is_found_dead_by_a_read_is_told_and_reconnecting_settles_the_reply() {
    tell(async |world| {
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
        hello(world).await;
        world.meta().set_token_dead(&world.username, Some(463)).unwrap();
        world.wait(seconds(10)).await;
        assert_eq!(world.status().await, "needs_reconnect");
        world.wait_in_steps(minutes(5), seconds(30)).await;
        assert!(world.replies().is_empty());

        world.meta().set_token_dead(&world.username, None).unwrap();
        let connections = world.engine.connections();
        connections
            .check(world.tenant, world.account, engine::identity::Actor::Command)
            .await
            .unwrap();
        world.work().await;
        world.wait_in_steps(seconds(30), seconds(2)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_waited_for_hours_is_sent_again_after_two_empty_reads_too() {
    tell(async |world| {
        world.meta().fault(FaultKind::MessagesAccessOff);
        hello(world).await;
        world.wait(hours(3)).await;
        world.waits_for("needs_attention").await;
        world.meta().clear_faults();
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
        let connections = world.engine.connections();
        connections
            .check(world.tenant, world.account, engine::identity::Actor::Command)
            .await
            .unwrap();
        world.work().await;
        world.waits_for("confirming").await;
        world.wait_in_steps(minutes(1), seconds(10)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_crash_after_meta_took_the_reply_is_found_out_and_not_repeated() {
    for echo in [EchoMode::After, EchoMode::Never] {
        tell_with(
            |setup| setup.echo = echo,
            async |world| {
                world.channel.hold_answers();
                world.customer_writes("hello");
                world.deliver().await;
                let work = world.work_meanwhile();
                world.channel.answer_held().await;
                work.abort();
                assert!(work.await.is_err(), "the process is gone");
                world.channel.release_answers();
                world.wait_in_steps(minutes(3), seconds(10)).await;
                assert_eq!(world.replies(), [DEFAULT_REPLY]);
                assert_eq!(world.reply().await.state, "sent");
            },
        )
        .await;
    }
}

#[tokio::test]
async fn what_cannot_be_known_until_the_window_closes_fails_and_costs_nothing() {
    tell(async |world| {
        world.meta().fault(FaultKind::CutBefore);
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::Conversations));
        hello(world).await;
        world.wait_in_steps(hours(24), minutes(30)).await;
        world.ended_for(Reason::OutcomeUnknown).await;
    })
    .await;
}

#[tokio::test]
async fn what_meta_calls_sent_counts_as_sent_when_no_read_denies_it() {
    tell_with(
        |setup| setup.echo = EchoMode::Never,
        async |world| {
            world.meta().fault(FaultKind::AcceptedWithError);
            world
                .meta()
                .fault(FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::Conversations));
            hello(world).await;
            world.wait_in_steps(hours(24), minutes(30)).await;
            let reply = world.reply().await;
            assert_eq!((reply.state.as_str(), reply.platform_message_id), ("sent", None));
            assert_eq!((world.replies().len(), world.balance().await), (1, 9));
        },
    )
    .await;
}

#[tokio::test]
async fn a_persons_message_in_the_thread_is_not_taken_for_ours() {
    tell_with(
        |setup| setup.echo = EchoMode::Never,
        async |world| {
            world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
            hello(world).await;
            world.pass(seconds(1));
            world.person_replies("Let me look that up for you.");
            world.webhooks().await;
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "two reads without our words");
        },
    )
    .await;
}
