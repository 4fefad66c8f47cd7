//! Replies that wait: for Meta to come back, for a reconnect, for a key; what is lost when the window closes first.

use domain::reasons::Reason;
use engine::connect::CheckResult;
use engine::vault::{KeyRing, generate_key};
use sandbox::{FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, Setup, days, hours, minutes, seconds, tell, tell_with};

/// Nothing listens there.
fn unreachable(setup: &mut Setup) {
    setup.graph_url = Some("http://127.0.0.1:1".into());
    setup.timings.retry_jitter = 0.0;
}

#[tokio::test]
async fn tries_follow_the_timetable_while_meta_cannot_be_reached() {
    tell_with(unreachable, async |world| {
        world.customer_asks("hello").await;
        for (tries, delay) in [1, 5, 30, 120, 600, 600].into_iter().enumerate() {
            let reply = world.reply().await;
            assert_eq!(reply.attempts, i64::try_from(tries).unwrap() + 1);
            assert_eq!(reply.not_before, (world.now() + seconds(delay)).as_millis());
            world.waits_for("retrying").await;
            world.wait(seconds(delay)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn after_two_hours_it_gives_up_and_the_credit_comes_back() {
    tell_with(unreachable, async |world| {
        world.customer_asks("hello").await;
        world.wait_in_steps(minutes(110), minutes(10)).await;
        assert_eq!(world.balance().await, 9);
        world.wait_in_steps(minutes(20), minutes(10)).await;
        world.ended_for(Reason::Transient).await;
    })
    .await;
}

#[tokio::test]
async fn meta_is_away_for_an_hour_and_nothing_is_lost() {
    tell(async |world| {
        world.meta().fault(FaultKind::ServerError { http_status: 503 });
        for customer in ["ada", "ben", "cem", "dia"] {
            world.customer_writes_as(customer, "hello");
        }
        world.deliver().await;
        world.work().await;
        world.wait_in_steps(hours(1), minutes(5)).await;
        assert!(world.replies().is_empty());
        world.meta().clear_faults();
        world.wait_in_steps(minutes(30), minutes(5)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 4]);
        assert_eq!(world.balance().await, 6);
    })
    .await;
}

#[tokio::test]
async fn the_token_revives_and_a_check_sends_what_waited() {
    tell(async |world| {
        world.meta().set_token_dead(&world.username, Some(460)).unwrap();
        world.customer_asks("hello").await;
        world.customer_asks("hello").await;
        let check = || {
            world
                .engine
                .connections()
                .check(world.tenant, world.account, engine::identity::Actor::Command)
        };
        assert!(matches!(check().await.unwrap(), CheckResult::Broken(_)));
        world.wait(hours(2)).await;
        assert!(world.replies().is_empty());
        world.meta().set_token_dead(&world.username, None).unwrap();
        assert_eq!(check().await.unwrap(), CheckResult::Working { woken: 2 });
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
    })
    .await;
}

#[tokio::test]
async fn a_reconnect_with_a_new_token_sends_what_waited_and_keeps_the_rules() {
    tell(async |world| {
        world.rule("Greeting", &["hello"], "Hello to you.").await;
        world.meta().set_token_dead(&world.username, Some(463)).unwrap();
        world.customer_asks("hello").await;
        world.meta().rotate_token(&world.username).unwrap();
        let (account, _) = world.connect(0, world.tenant).await;
        assert_eq!(account, world.account, "the same account");
        world.wait(seconds(1)).await;
        assert_eq!(world.replies(), ["Hello to you."]);
    })
    .await;
}

#[tokio::test]
async fn the_window_closes_while_it_waits_and_the_log_says_what_it_waited_for() {
    tell(async |world| {
        world.meta().set_token_dead(&world.username, Some(463)).unwrap();
        world.customer_asks("hello").await;
        world.wait(days(1)).await;
        world.ended_for(Reason::TokenInvalid).await;
    })
    .await;
    tell(async |world| {
        world.meta().fault(FaultKind::MessagesAccessOff);
        world.customer_asks("hello").await;
        world.wait(days(1)).await;
        world.ended_for(Reason::PermissionMissing).await;
    })
    .await;
    tell(async |world| {
        world.meta().fault(FaultKind::RateLimit {
            code: 613,
            regain_minutes: 24 * 60,
        });
        world.customer_asks("hello").await;
        world.wait(days(1)).await;
        world.ended_for(Reason::Transient).await;
    })
    .await;
}

#[tokio::test]
async fn a_message_older_than_the_window_is_not_answered_at_all() {
    tell(async |world| {
        world.customer_writes("hello");
        let late = world.webhooks().await;
        world.pass(days(1));
        world.receive(&late[0]).await;
        world.work().await;
        world.ended_for(Reason::WindowClosed).await;
    })
    .await;
    tell_with(
        |setup| setup.limits.max_age = hours(3),
        async |world| {
            world.customer_writes("hello");
            let late = world.webhooks().await;
            world.pass(hours(3) + seconds(1));
            world.receive(&late[0]).await;
            world.work().await;
            world.ended_for(Reason::TooOld).await;
        },
    )
    .await;
}

#[tokio::test]
async fn a_token_that_cannot_be_opened_is_never_sent_to_meta() {
    tell(async |world| {
        let other = "UPDATE sealed_values SET ciphertext = $1 WHERE purpose = 'page_token'";
        world.execute(other, [vec![7u8; 60].into()]).await;
        world.customer_asks("hello").await;
        assert!(world.meta().calls().is_empty());
        world.waits_for("needs_reconnect").await;
        assert_eq!(
            world.account_row().await.status_cause.as_deref(),
            Some("token_unreadable")
        );
        world.connect(0, world.tenant).await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn words_that_cannot_be_opened_fail_their_reply_and_no_other() {
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        let broken = "UPDATE sealed_values SET ciphertext = $1 WHERE purpose = 'inbound_body'";
        world.execute(broken, [vec![7u8; 60].into()]).await;
        world.customer_writes_as("ada", "hello");
        world.deliver().await;
        world.work().await;
        assert_eq!(
            world.reply_rows().await[0].reason.as_deref(),
            Some(Reason::ContentUnreadable.as_str())
        );
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_server_with_the_wrong_keys_does_not_start() {
    tell(async |world| {
        let other = KeyRing::parse(&generate_key("other")).unwrap();
        let refused = world.engine_with_keys(world.database.handle(), other).await;
        assert!(matches!(refused, Err(engine::EngineError::MissingKeys(keys)) if keys == ["story"]));
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_writes_again_keeps_the_window_of_the_first_message_open() {
    tell(async |world| {
        world.meta().fault(
            FaultSpec::from(FaultKind::RateLimit {
                code: 613,
                regain_minutes: 600,
            })
            .times(1),
        );
        world.customer_asks("hello").await;
        world.wait(hours(9)).await;
        world.customer_asks("hello").await;
        world.wait(hours(1)).await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}
