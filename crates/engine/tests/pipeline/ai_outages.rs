//! The provider does not answer: the reply waits with its credit, by the timetable of retries, and in the end gives it back.

use std::time::Duration;

use domain::credits::LedgerKind;
use domain::reasons::Reason;
use sandbox::{AiFault, AiFaultSpec, OverflowShape};

use crate::world::{ANSWER, World, hours, minutes, seconds, tell_with, with_ai};

/// What the overview says about AI replies; empty while nothing is wrong with them.
async fn notice_of_ai(world: &World) -> String {
    let attention = world.overview().page().await.unwrap().attention;
    let about_ai = attention.into_iter().find(|line| line.subject == "AI replies");
    about_ai.map(|line| line.what).unwrap_or_default()
}

#[tokio::test]
async fn a_short_outage_delays_the_answer() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai().fault(AiFault::ServerError { http_status: 503 });
        world.customer_asks("How much?").await;
        world.waits_for("ai_unavailable").await;
        assert_eq!(notice_of_ai(world).await, "wait for the AI provider: 1 so far");
        assert_eq!(
            (world.reply().await.state.as_str(), world.balance().await),
            ("reserved", 9)
        );
        world.wait(seconds(3)).await;
        world.waits_for("ai_unavailable").await;
        world.ai().clear_faults();
        world.ai_says(ANSWER);
        world.wait(seconds(20)).await;
        assert_eq!(world.replies(), [ANSWER]);
        assert_eq!(notice_of_ai(world).await, "");
        assert_eq!(
            (world.ledger(LedgerKind::Deduct).await, world.questions().len()),
            (1, 3)
        );
    })
    .await;
}

#[tokio::test]
async fn a_long_outage_ends_the_reply_and_the_credit_comes_back() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai().fault(AiFault::CutConnection);
        world.customer_asks("How much?").await;
        world.wait_in_steps(hours(3), minutes(11)).await;
        world.ended_for(Reason::AiUnavailable).await;
        assert_eq!(world.ledger(LedgerKind::Restore).await, 1);
        assert_eq!(notice_of_ai(world).await, "fail: 1 in the last 24 hours");
        assert!(world.ai().calls() >= 6, "{}", world.ai().calls());
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_asks_to_slow_down_is_not_asked_before() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let busy = AiFault::RateLimited {
            seconds: 240,
            as_date: false,
        };
        world.ai().fault(AiFaultSpec::from(busy).times(1));
        world.customer_asks("How much?").await;
        world.waits_for("ai_unavailable").await;
        world.wait_in_steps(seconds(230), seconds(10)).await;
        assert_eq!(world.questions().len(), 1);
        world.ai_says(ANSWER);
        world.wait(seconds(20)).await;
        assert_eq!(world.replies(), [ANSWER]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_key_is_waited_for_and_then_named() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        for fault in [AiFault::Unauthorized, AiFault::QuotaUsedUp, AiFault::UnknownModel] {
            world.ai().clear_faults();
            world.ai().fault(fault);
            world.customer_asks("How much?").await;
            assert_eq!(
                world.reply_rows().await.pop().unwrap().wait_reason.as_deref(),
                Some("ai_unavailable")
            );
            world.wait_in_steps(hours(3), minutes(11)).await;
            let row = world.reply_rows().await.pop().unwrap();
            assert_eq!(row.reason.as_deref(), Some(Reason::AiMisconfigured.as_str()));
        }
        assert_eq!(world.balance().await, 10);
        assert_eq!(notice_of_ai(world).await, "fail: 3 in the last 24 hours");

        world.ai().clear_faults();
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!(notice_of_ai(world).await, "");
    })
    .await;
}

#[tokio::test]
async fn what_is_too_long_for_the_model_is_a_matter_for_the_operator() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let overflow = AiFault::Overflow {
            shape: OverflowShape::OpenAi,
        };
        world.ai().fault(overflow);
        world.customer_asks("How much?").await;
        world.ended_for(Reason::AiMisconfigured).await;
        assert_eq!(world.questions().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_is_too_slow_is_not_waited_for() {
    let impatient = |setup: &mut crate::world::Setup| {
        with_ai(setup);
        (setup.timings.claim_ms, setup.timings.claim_reserve_ms) = (15_200, 15_000);
    };
    tell_with(impatient, async |world| {
        world.with_ai_default().await;
        let slow = AiFault::Slow { ms: 2_000 };
        world.ai().fault(AiFaultSpec::from(slow).times(1));
        let started = std::time::Instant::now();
        world.customer_asks("How much?").await;
        world.waits_for("ai_unavailable").await;
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
        world.ai_says(ANSWER);
        world.wait(seconds(3)).await;
        assert_eq!(world.replies(), [ANSWER]);
    })
    .await;
}
