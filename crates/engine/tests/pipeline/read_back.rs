//! Reading a conversation back: what is not on the page may still be there, and Meta's clock is not ours.

use domain::reasons::Reason;
use sandbox::{EchoMode, Edge, FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, Setup, World, hours, minutes, seconds, tell_with};

/// More than Meta tells of one conversation.
const EVERYTHING: usize = 500;

fn without_echo(setup: &mut Setup) {
    setup.echo = EchoMode::Never;
}

/// A customer asks; what comes of the call is not known. Returns the id of what was asked.
async fn answer_lost(world: &World, fault: FaultKind) -> String {
    world.meta().fault(FaultSpec::from(fault).edge(Edge::Send).times(1));
    let asked = world.customer_writes("hello");
    world.deliver().await;
    world.run_due().await;
    world.waits_for("confirming").await;
    asked
}

/// The customer goes on writing. Nothing else is answered, so that the thread holds one answer or none.
async fn customer_goes_on(world: &World, messages: usize) {
    world.switch_enabled(false).await;
    for number in 0..messages {
        world.customer_writes(&format!("and another thing, {number}"));
    }
    world.deliver().await;
    world.switch_enabled(true).await;
}

#[tokio::test]
async fn an_answer_behind_many_newer_messages_is_found_by_reading_on() {
    for newer in [20, 50] {
        tell_with(without_echo, async |world| {
            world.meta().give_details_of(EVERYTHING);
            answer_lost(world, FaultKind::CutAfter).await;
            customer_goes_on(world, newer).await;
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{newer} newer messages");
            let reply = world.reply().await;
            assert_eq!((reply.state.as_str(), reply.attempts), ("sent", 1));
        })
        .await;
    }
}

#[tokio::test]
async fn of_an_answer_that_meta_tells_nothing_about_any_more_nobody_can_say_that_it_is_missing() {
    for newer in [20, 50] {
        tell_with(without_echo, async |world| {
            answer_lost(world, FaultKind::CutAfter).await;
            customer_goes_on(world, newer).await;
            world.wait_in_steps(hours(24), minutes(20)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{newer} newer messages");
            world.ended_for(Reason::OutcomeUnknown).await;
        })
        .await;
    }
}

#[tokio::test]
async fn an_answer_that_never_arrived_is_sent_although_much_was_written_since() {
    for newer in [20, 50] {
        tell_with(without_echo, async |world| {
            answer_lost(world, FaultKind::CutBefore).await;
            customer_goes_on(world, newer).await;
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{newer} newer messages");
            assert_eq!(world.reply().await.attempts, 2);
        })
        .await;
    }
}

#[tokio::test]
async fn a_conversation_that_does_not_show_what_was_answered_is_no_proof() {
    for newer in [0, 3] {
        tell_with(without_echo, async |world| {
            let asked = answer_lost(world, FaultKind::CutBefore).await;
            customer_goes_on(world, newer).await;
            world.meta().unsend(&asked).unwrap();
            // Nobody tells us that the message was taken back.
            world.webhooks().await;
            world.wait_in_steps(hours(24), minutes(20)).await;
            assert_eq!(world.reply().await.attempts, 1, "{newer} newer messages");
            world.ended_for(Reason::OutcomeUnknown).await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_page_that_cannot_be_read_on_is_no_proof() {
    tell_with(without_echo, async |world| {
        world.meta().give_details_of(EVERYTHING);
        answer_lost(world, FaultKind::CutAfter).await;
        customer_goes_on(world, 50).await;
        for _ in 0..4 {
            // The first page of each read comes, the second does not.
            let down = FaultKind::ServerError { http_status: 503 };
            let down = FaultSpec::from(down).edge(Edge::Conversations).after(1);
            world.meta().fault(down);
            world.wait(minutes(2)).await;
        }
        assert_eq!(world.reply().await.state, "sending");
        world.meta().clear_faults();
        world.wait(minutes(20)).await;
        assert_eq!((world.replies().len(), world.reply().await.state), (1, "sent".into()));
    })
    .await;
}

#[tokio::test]
async fn whichever_clock_is_wrong_a_lost_answer_is_repeated_only_when_it_did_not_arrive() {
    let (arrived, lost) = ((FaultKind::CutAfter, 1), (FaultKind::CutBefore, 2));
    for (ahead, (fault, attempts)) in [
        (-60_000, &arrived),
        (-60_000, &lost),
        (-7_000, &arrived),
        (60_000, &arrived),
        (60_000, &lost),
    ] {
        tell_with(without_echo, async |world| {
            world.metas_clock_is_ahead_by(ahead);
            answer_lost(world, fault.clone()).await;
            world.wait_in_steps(minutes(3), seconds(10)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{ahead} ms, {fault:?}");
            let ended = (world.reply().await.state, world.reply().await.attempts);
            assert_eq!(ended, ("sent".into(), *attempts), "{ahead} ms, {fault:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_clock_that_is_set_between_call_and_read_repeats_nothing() {
    tell_with(without_echo, async |world| {
        world.metas_clock_is_ahead_by(-60_000);
        world.customer_asks("first").await;
        answer_lost_to(world, "ben").await;
        world.metas_clock_is_ahead_by(0);
        world.wait_in_steps(minutes(3), seconds(10)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
        assert_eq!(world.states().await, ["sent", "sent"]);
    })
    .await;
}

async fn answer_lost_to(world: &World, customer: &str) {
    world.meta().fault(FaultSpec::from(FaultKind::CutAfter).times(1));
    world.customer_writes_as(customer, "hello");
    world.deliver().await;
    world.run_due().await;
}
