//! Meta refuses us, not a reply: everything waits with what it has, and goes out when the setting is right again.

use domain::ids::ReplyId;
use domain::reasons::Reason;
use domain::views::Tone;
use engine::Engine;
use engine::clock::Clock;
use engine::identity::TenantTime;
use futures::future::join_all;
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::support::eventually;
use crate::world::{
    APP_SECRET, CUSTOMER, DEFAULT_REPLY, Setup, World, connected, hours, minutes, seconds, tell, tell_with,
};

const NEW_SECRET: &str = "the new app secret";
const CUSTOMERS: usize = 30;

async fn customers_write(world: &World, range: std::ops::Range<usize>) {
    for customer in range {
        world.customer_writes_as(&format!("guest {customer}"), "hello");
    }
    world.deliver().await;
}

/// How many of the customers got how many answers.
fn answers(world: &World) -> Vec<usize> {
    let mut answers = vec![0; CUSTOMERS];
    for sent in world.meta().sent() {
        let to = (0..CUSTOMERS).find(|customer| {
            let igsid = world.meta().igsid(&world.username, &format!("guest {customer}"));
            igsid.is_some_and(|igsid| igsid == sent.recipient)
        });
        answers[to.expect("a customer of the story")] += 1;
    }
    answers
}

fn sends(world: &World) -> usize {
    let calls = world.meta().calls();
    calls.iter().filter(|call| call.edge == Edge::Send).count()
}

async fn restarted_with(world: &World, secrets: &[&str]) -> Engine {
    let secrets = secrets.iter().map(|secret| (*secret).to_owned()).collect();
    world.engine_with_secrets(secrets).await
}

#[tokio::test]
async fn a_reset_secret_costs_no_dm_and_the_restart_with_the_right_one_sends_them_all() {
    tell(async |world| {
        world.grant_credits(100).await;
        customers_write(world, 0..10).await;
        world.run_due().await;
        world.meta().reset_app_secret(NEW_SECRET);
        customers_write(world, 10..CUSTOMERS).await;
        let before = sends(world);
        world.run_due_in_turn().await;
        assert_eq!(sends(world), before + 1, "one asks, the others wait for its answer");
        let waiting = world
            .count("replies WHERE tenant_id = $1 AND wait_reason = 'deployment_refused'")
            .await;
        assert_eq!((waiting, world.replies().len()), (20, 10));
        assert_eq!(world.balance().await, 110 - 11, "only the one that asked is charged");
        assert_eq!(
            world.status_and_cause().await,
            ("connected".into(), None),
            "no account is to blame"
        );
        assert!(world.engine.pipeline().breaker().is_open());
        world.wait_in_steps(minutes(5), seconds(10)).await;
        assert!(
            sends(world) <= before + 11,
            "{} calls in five minutes",
            sends(world) - before
        );

        let right = restarted_with(world, &[NEW_SECRET, APP_SECRET]).await;
        right.pipeline().run_due().await.unwrap();
        assert_eq!(answers(world), [1; CUSTOMERS]);
        world.deliver().await;
        assert_eq!(world.states().await, ["sent"; CUSTOMERS]);
        assert_eq!(world.balance().await, 110 - 30);
    })
    .await;
}

#[tokio::test]
async fn under_load_with_workers_the_same_holds() {
    let quick = |setup: &mut Setup| {
        setup.real_time = true;
        setup.timings.sweep_ms = 50;
    };
    tell_with(quick, async |world| {
        world.grant_credits(100).await;
        let servers = world.start_workers();
        for wave in 0..6 {
            if wave == 3 {
                world.meta().reset_app_secret(NEW_SECRET);
            }
            customers_write(world, wave * 5..wave * 5 + 5).await;
        }
        eventually("every reply was tried or waits", async || {
            let untried = "replies WHERE tenant_id = $1 AND settled_at IS NULL
                AND (wait_reason IS NULL OR wait_reason <> 'deployment_refused')";
            (world.count(untried).await == 0).then_some(())
        })
        .await;
        servers.stop().await;
        let right = restarted_with(world, &[NEW_SECRET]).await;
        right.pipeline().run_due().await.unwrap();
        world.deliver().await;
        assert_eq!(answers(world), [1; CUSTOMERS]);
        assert_eq!(world.states().await, ["sent"; CUSTOMERS]);
        assert_eq!(world.balance().await, 110 - 30);
    })
    .await;
}

#[tokio::test]
async fn with_both_secrets_configured_nobody_waits_for_a_moment() {
    for secrets in [[APP_SECRET, NEW_SECRET], [NEW_SECRET, APP_SECRET]] {
        let both = |setup: &mut Setup| setup.app_secrets = secrets.map(str::to_owned).to_vec();
        tell_with(both, async |world| {
            world.customer_asks("before").await;
            world.meta().reset_app_secret(NEW_SECRET);
            world.customer_asks("after").await;
            world.customer_asks("and again").await;
            assert_eq!(world.replies(), [DEFAULT_REPLY; 3]);
            let refused = world.meta().calls().into_iter().filter(|call| call.edge == Edge::Send);
            let refused = refused.filter(|call| call.status != Some(200)).count();
            assert!(refused <= 2, "the one that works is remembered: {refused} refused");
            connected(world.log_in(&world.admin(), world.only(1)).await);
        })
        .await;
    }
}

#[tokio::test]
async fn a_correction_at_metas_side_needs_no_restart() {
    tell(async |world| {
        world.meta().reset_app_secret(NEW_SECRET);
        for customer in ["ada", "ben", CUSTOMER] {
            world.customer_writes_as(customer, "hello");
        }
        world.deliver().await;
        world.run_due().await;
        assert!(world.replies().is_empty());
        world.meta().reset_app_secret(APP_SECRET);
        world.wait(seconds(20)).await;
        assert!(world.replies().is_empty(), "Meta is not asked all the time");
        world.wait(seconds(10)).await;
        world.work().await;
        assert_eq!(
            world.replies(),
            [DEFAULT_REPLY; 3],
            "the first that goes through takes the others along"
        );
        assert!(!world.engine.pipeline().breaker().is_open());
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_may_have_arrived_finds_out_too_when_nobody_else_writes() {
    tell(async |world| {
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::CutBefore).edge(Edge::Send).times(1));
        world.customer_writes_as(CUSTOMER, "hello");
        world.deliver().await;
        world.run_due().await;
        world.meta().reset_app_secret(NEW_SECRET);
        world.wait_in_steps(minutes(1), seconds(5)).await;
        assert!(world.engine.pipeline().breaker().is_open(), "the read was refused");
        assert_eq!(world.status_and_cause().await, ("connected".into(), None));

        world.meta().reset_app_secret(APP_SECRET);
        world.wait_in_steps(hours(1), minutes(1)).await;
        assert!(!world.engine.pipeline().breaker().is_open(), "a read was answered");
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.balance().await, 10 - 1);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_app_or_version_is_not_the_replys_fault_either() {
    for code in [101, 12, 2635] {
        tell(async |world| {
            let error = FaultKind::Error {
                http_status: 400,
                code,
                subcode: None,
                is_transient: None,
            };
            world.meta().fault(FaultSpec::from(error).edge(Edge::Send));
            world.customer_asks("hello").await;
            world.waits_for("deployment_refused").await;
            world.meta().clear_faults();
            world.wait(minutes(1)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY]);
        })
        .await;
    }
}

#[tokio::test]
async fn a_parameter_that_meta_refuses_while_it_takes_our_secret_is_the_replys_own() {
    tell(async |world| {
        let error = FaultKind::Error {
            http_status: 400,
            code: 100,
            subcode: None,
            is_transient: None,
        };
        world.meta().fault(FaultSpec::from(error).edge(Edge::Send).times(1));
        world.customer_asks("hello").await;
        world.ended_for(Reason::BadRequest).await;
        assert!(!world.engine.pipeline().breaker().is_open());
    })
    .await;
}

#[tokio::test]
async fn while_meta_cannot_say_whose_fault_it_is_the_reply_is_tried_again() {
    tell(async |world| {
        world.meta().reset_app_secret(NEW_SECRET);
        let down = FaultKind::ServerError { http_status: 503 };
        world.meta().fault(FaultSpec::from(down).edge(Edge::DebugToken));
        world.customer_asks("hello").await;
        world.waits_for("retrying").await;
        world.meta().clear_faults();
        world.wait(seconds(2)).await;
        world.waits_for("deployment_refused").await;
        world.meta().reset_app_secret(APP_SECRET);
        world.wait(minutes(1)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn replies_that_were_refused_together_wait_for_one_answer_of_meta_also_when_none_comes() {
    let impatient = |setup: &mut Setup| setup.graph_timeout = std::time::Duration::from_millis(400);
    tell_with(impatient, async |world| {
        world.meta().reset_app_secret(NEW_SECRET);
        let slow = FaultKind::Slow { ms: 900, before: true };
        world.meta().fault(FaultSpec::from(slow).edge(Edge::DebugToken));
        customers_write(world, 0..8).await;
        let replies = world
            .reply_rows()
            .await
            .into_iter()
            .map(|row| ReplyId::from_uuid(row.id));
        let pipeline = world.engine.pipeline();
        for worked in join_all(replies.map(|reply| pipeline.work(reply))).await {
            worked.unwrap();
        }
        let calls = world.meta().calls().into_iter();
        let asked = calls.filter(|call| call.edge == Edge::DebugToken).count();
        assert!(asked <= 2, "{asked} questions, each of them waited for");
        let waiting = "replies WHERE tenant_id = $1 AND wait_reason = 'retrying'";
        assert_eq!(world.count(waiting).await, 8);
    })
    .await;
}

#[tokio::test]
async fn replies_that_could_not_be_made_due_are_made_due_later() {
    tell(async |world| {
        world.meta().reset_app_secret(NEW_SECRET);
        for customer in ["ada", "ben", CUSTOMER] {
            world.customer_writes_as(customer, "hello");
        }
        world.deliver().await;
        world.run_due_in_turn().await;
        // Two cannot be due at the same time.
        let soon = (world.now() + minutes(2)).as_millis();
        let text = format!(
            "CREATE UNIQUE INDEX one_due ON replies (not_before) WHERE settled_at IS NULL AND not_before < {soon}"
        );
        world.execute(&text, []).await;
        restarted_with(world, &[APP_SECRET]).await;
        world.meta().reset_app_secret(APP_SECRET);
        world.pass(seconds(30));
        world.run_due_in_turn().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY], "the one that asked is settled");
        assert_eq!(world.states().await.iter().filter(|state| *state == "sent").count(), 1);
        world.execute("DROP INDEX one_due", []).await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 3]);
    })
    .await;
}

#[tokio::test]
async fn until_the_window_closes_people_are_told_what_it_waits_for_and_then_the_credit_is_back() {
    tell(async |world| {
        world.meta().reset_app_secret(NEW_SECRET);
        world.customer_asks("hello").await;
        let page = world.health().page().await.unwrap();
        assert_eq!(
            (page.facts[0].label.as_str(), page.facts[0].tone),
            ("Waiting replies", Tone::Bad)
        );
        assert!(
            page.facts[0].note.starts_with("1 reply waits"),
            "{}",
            page.facts[0].note
        );
        let time = TenantTime::new("UTC", world.clock.now());
        let lines = world.engine.connections().deployment(&time).await.unwrap();
        let bad: Vec<&str> = lines
            .iter()
            .filter(|line| line.state == Tone::Bad)
            .map(|line| line.label.as_str())
            .collect();
        assert!(
            bad.contains(&"Meta app") && bad.contains(&"Waiting replies"),
            "{lines:?}"
        );
        world.wait_in_steps(hours(25), minutes(30)).await;
        world.ended_for(Reason::DeploymentRefused).await;
        let page = world.health().page().await.unwrap();
        assert_ne!(page.facts[0].label, "Waiting replies");
    })
    .await;
}

#[tokio::test]
async fn the_difference_of_the_clocks_is_told_from_two_seconds_on() {
    for (ahead, state, words) in [
        (0, Tone::Ok, "Agrees"),
        (-10_000, Tone::Warn, "10 seconds ahead of"),
        (10_000, Tone::Warn, "11 seconds behind"),
        (-90_000, Tone::Bad, "90 seconds ahead of"),
    ] {
        tell(async |world| {
            world.metas_clock_is_ahead_by(ahead);
            let time = TenantTime::new("UTC", world.clock.now());
            let lines = world.engine.connections().deployment(&time).await.unwrap();
            let clock = lines.iter().find(|line| line.label == "Clock").unwrap();
            assert!(
                clock.state == state && clock.sentence.contains(words),
                "{ahead}: {clock:?}"
            );
        })
        .await;
    }
}
