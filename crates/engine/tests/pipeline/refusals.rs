//! When Meta says no: each class of refusal, what becomes of the reply, its credit and the account.

use domain::reasons::Reason;
use sandbox::{FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, World, hours, minutes, seconds, tell};

fn error(http_status: u16, code: u32, subcode: u32) -> FaultSpec {
    let subcode = (subcode != 0).then_some(subcode);
    FaultSpec::from(FaultKind::Error {
        http_status,
        code,
        subcode,
        is_transient: None,
    })
    .edge(sandbox::Edge::Send)
}

#[tokio::test]
async fn a_refusal_for_good_ends_the_reply_at_once_and_leaves_the_account_alone() {
    let cases = [
        (error(403, 10, 2_534_022), Reason::OutsideWindow),
        (error(400, 551, 1_545_041), Reason::RecipientUnavailable),
        (error(403, 10, 2_018_108), Reason::RecipientUnavailable),
        (error(400, 100, 2_534_014), Reason::RecipientUnavailable),
        (error(400, 100, 2_534_015), Reason::BadRequest),
        (error(400, 100, 2_534_037), Reason::NotThreadOwner),
        (error(400, 2_018_300, 0), Reason::NotThreadOwner),
    ];
    for (fault, reason) in cases {
        tell(async |world| {
            world.meta().fault(fault.clone());
            world.customer_asks("hello").await;
            world.ended_for(reason).await;
            assert_eq!(world.status().await, "connected", "{reason:?}");
            world.meta().clear_faults();
            world.wait(hours(1)).await;
            assert!(world.replies().is_empty(), "never repeated");
        })
        .await;
    }
}

#[tokio::test]
async fn a_front_server_that_turns_a_reply_away_without_metas_words_loses_nothing() {
    for (http_status, waits_for) in [
        (429, "rate_limited"),
        (408, "confirming"),
        (425, "confirming"),
        (403, "retrying"),
        (404, "retrying"),
    ] {
        tell(async |world| {
            let page = FaultKind::ServerError { http_status };
            world
                .meta()
                .fault(FaultSpec::from(page).edge(sandbox::Edge::Send).times(1));
            world.customer_asks("hello").await;
            world.waits_for(waits_for).await;
            world.wait_in_steps(minutes(2), seconds(20)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{http_status}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_dead_token_is_confirmed_and_named_and_the_reply_waits_for_the_reconnect() {
    let causes = [
        (458, "app_removed"),
        (459, "checkpoint"),
        (460, "password_changed"),
        (463, "token_expired"),
        (464, "user_unconfirmed"),
        (467, "token_invalid"),
        (492, "role_lost"),
        (0, "token_invalid"),
    ];
    for (subcode, cause) in causes {
        tell(async |world| {
            world.meta().set_token_dead(&world.username, Some(subcode)).unwrap();
            world.customer_asks("hello").await;
            world.waits_for("needs_reconnect").await;
            let account = world.account_row().await;
            assert_eq!(
                (account.status.as_str(), account.status_cause.as_deref()),
                ("needs_reconnect", Some(cause))
            );
            assert_eq!(world.balance().await, 9, "what is reserved stays reserved");
        })
        .await;
    }
}

#[tokio::test]
async fn a_refusal_of_the_old_token_breaks_no_connection_that_was_renewed_meanwhile() {
    for fault in [None, Some(error(403, 200, 0).times(1))] {
        tell(async |world| {
            match &fault {
                Some(fault) => drop(world.meta().fault(fault.clone())),
                None => world.meta().set_token_dead(&world.username, Some(463)).unwrap(),
            }
            world.channel.hold_answers();
            let worker = on_its_way(world, "ada").await;
            world.meta().rotate_token(&world.username).unwrap();
            world.connect(0, world.tenant).await;
            world.channel.release_answers();
            worker.await.unwrap();
            assert_eq!(world.status().await, "connected", "{fault:?}");
            assert_eq!(world.replies(), [DEFAULT_REPLY], "at once, with the new token");
        })
        .await;
    }
}

#[tokio::test]
async fn one_wrong_answer_about_the_token_disconnects_nobody() {
    tell(async |world| {
        world.meta().fault(
            FaultSpec::from(FaultKind::TokenExpired)
                .edge(sandbox::Edge::Send)
                .times(1),
        );
        world.customer_asks("hello").await;
        assert_eq!(world.status().await, "connected", "debug_token says that it works");
        world.waits_for("token_refused").await;
        world.wait(minutes(1)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_missing_permission_or_setting_is_named_and_the_reply_waits() {
    let cases = [
        (error(403, 10, 0), "permission_missing"),
        (error(403, 200, 0), "permission_missing"),
        (error(403, 3, 0), "permission_missing"),
        (error(403, 200, 2_534_041), "message_access_off"),
        (error(403, 10, 2_534_077), "link_unverified"),
        (error(400, 100, 2_534_013), "page_unlinked"),
        (error(400, 36_103, 0), "not_eligible"),
    ];
    for (fault, cause) in cases {
        tell(async |world| {
            world.meta().fault(fault.clone());
            world.customer_asks("hello").await;
            world.waits_for("needs_attention").await;
            let account = world.account_row().await;
            assert_eq!(
                (account.status.as_str(), account.status_cause.as_deref()),
                ("needs_attention", Some(cause))
            );
            world.meta().clear_faults();
            world
                .engine
                .connections()
                .check(world.tenant, world.account, engine::identity::Actor::Command)
                .await
                .unwrap();
            world.work().await;
            assert_eq!(world.replies(), [DEFAULT_REPLY], "{cause}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_policy_block_ends_the_reply_and_pauses_the_account_for_a_day() {
    for restricted in [false, true] {
        tell(async |world| {
            world
                .meta()
                .fault(FaultSpec::from(FaultKind::PolicyBlock { restricted }).times(1));
            world.customer_asks("hello").await;
            world.ended_for(Reason::PolicyBlock).await;
            let account = world.account_row().await;
            assert_eq!(
                (account.status.as_str(), account.status_cause.as_deref()),
                ("paused", Some("policy_block"))
            );
            world.wait(hours(23)).await;
            world.customer_asks("hello").await;
            assert!(world.replies().is_empty());
            world.wait(hours(1)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY]);
        })
        .await;
    }
}

#[tokio::test]
async fn a_rate_limit_with_its_duration_pauses_the_account_for_exactly_that_long() {
    for code in [613, 80_002, 32] {
        tell(async |world| {
            world.meta().fault(
                FaultSpec::from(FaultKind::RateLimit {
                    code,
                    regain_minutes: 19,
                })
                .times(1),
            );
            world.customer_asks("hello").await;
            world.waits_for("rate_limited").await;
            let until = world.now() + minutes(19);
            assert_eq!(world.account_row().await.paused_until, Some(until.as_millis()));
            world.wait(minutes(18)).await;
            assert_eq!(world.meta().calls().len(), 1, "calls while throttled extend the block");
            world.wait(minutes(1)).await;
            assert_eq!(world.replies(), [DEFAULT_REPLY]);
            assert_eq!(world.status().await, "connected");
        })
        .await;
    }
}

#[tokio::test]
async fn a_rate_limit_without_a_duration_doubles_the_pause_up_to_an_hour() {
    tell(async |world| {
        world.meta().fault(error(400, 613, 0));
        world.customer_asks("hello").await;
        for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
            let until = world.now() + minutes(pause);
            assert_eq!(world.account_row().await.paused_until, Some(until.as_millis()));
            world.wait(minutes(pause)).await;
        }
        world.meta().clear_faults();
        world.wait(minutes(60)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        world.meta().fault(error(400, 613, 0));
        world.wait(minutes(1)).await;
        world.customer_asks("hello").await;
        assert_eq!(
            world.account_row().await.paused_until,
            Some((world.now() + minutes(1)).as_millis()),
            "from the start"
        );
        world.meta().clear_faults();
        world.wait(minutes(1)).await;
    })
    .await;
}

#[tokio::test]
async fn one_throttle_that_meets_seven_replies_on_their_way_is_one_pause_of_a_minute() {
    tell(async |world| {
        world.meta().fault(error(400, 613, 0).times(7));
        throttled_together(world, &["ada", "ben", "cem", "dan", "eva", "fay", "gus"]).await;
        let until = world.now() + minutes(1);
        assert_eq!(world.account_row().await.paused_until, Some(until.as_millis()));
        world.wait(minutes(1)).await;
        assert_eq!(world.replies().len(), 7);
    })
    .await;
}

#[tokio::test]
async fn a_longer_pause_that_meta_names_wins_over_the_one_that_began() {
    tell(async |world| {
        let named = FaultKind::RateLimit {
            code: 613,
            regain_minutes: 19,
        };
        world.meta().fault(error(400, 613, 0).times(1));
        world.channel.hold_answers();
        let unnamed = on_its_way(world, "ada").await;
        world.meta().fault(FaultSpec::from(named).times(1));
        let with_duration = on_its_way(world, "ben").await;
        world.channel.release_answers();
        unnamed.await.unwrap();
        with_duration.await.unwrap();
        let until = world.now() + minutes(19);
        assert_eq!(world.account_row().await.paused_until, Some(until.as_millis()));
        world.wait(minutes(19)).await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

/// Every customer's reply is refused at the same moment.
async fn throttled_together(world: &World, customers: &[&str]) {
    world.channel.hold_answers();
    let mut on_their_way = Vec::new();
    for customer in customers {
        on_their_way.push(on_its_way(world, customer).await);
    }
    world.channel.release_answers();
    for worker in on_their_way {
        worker.await.unwrap();
    }
}

/// A reply whose answer from Meta waits at the gate.
async fn on_its_way(world: &World, customer: &str) -> tokio::task::JoinHandle<()> {
    world.customer_writes_as(customer, "hello");
    world.deliver().await;
    let worker = world.work_meanwhile();
    world.channel.answer_held().await;
    worker
}

#[tokio::test]
async fn servers_that_pause_every_account_at_the_same_moment_do_not_wait_for_each_other() {
    tell(async |world| {
        let (_, other) = world.connect(1, world.tenant).await;
        let accounts = [world.username.clone(), other];
        world.grant_credits(10).await;
        for round in 0..8 {
            world.channel.hold_answers();
            world.meta().fault(error(400, 4, 0).times(2));
            let mut on_their_way = Vec::new();
            for account in &accounts {
                let customer = format!("ada{round}");
                world.meta().dm(sandbox::Dm::text(account, &customer, "hello")).unwrap();
                world.deliver().await;
                on_their_way.push(world.work_meanwhile());
                world.channel.answer_held().await;
            }
            world.channel.release_answers();
            for worker in on_their_way {
                worker.await.unwrap();
            }
            let text = "accounts WHERE tenant_id = $1 AND status = 'paused'";
            assert_eq!(world.count(text).await, 2);
            world.wait(minutes(60)).await;
            world.meta().clear_faults();
        }
    })
    .await;
}

#[tokio::test]
async fn the_limit_of_the_whole_app_pauses_every_account() {
    tell(async |world| {
        let (_, other) = world.connect(1, world.tenant).await;
        world.meta().fault(
            FaultSpec::from(FaultKind::RateLimit {
                code: 4,
                regain_minutes: 1,
            })
            .times(1),
        );
        world.customer_asks("hello").await;
        let text = "accounts WHERE tenant_id = $1 AND status = 'paused'";
        assert_eq!(world.count(text).await, 2);
        world.meta().dm(sandbox::Dm::text(&other, "ada", "hello")).unwrap();
        world.deliver().await;
        world.work().await;
        assert!(world.replies().is_empty());
        world.wait(minutes(1)).await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_paused_account_holds_up_no_other() {
    tell(async |world| {
        let (_, other) = world.connect(1, world.tenant).await;
        world.meta().fault(
            FaultSpec::from(FaultKind::RateLimit {
                code: 613,
                regain_minutes: 60,
            })
            .page(&world.username),
        );
        world.customer_asks("hello").await;
        world.meta().dm(sandbox::Dm::text(&other, "ada", "hello")).unwrap();
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_ne!(world.meta().sent()[0].page_id, world.page_id());
        world.meta().clear_faults();
        world.wait(minutes(60)).await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_short_pause_never_ends_a_longer_one() {
    tell(async |world| {
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::PolicyBlock { restricted: false }).times(1));
        world.channel.hold_answers();
        let blocked = on_its_way(world, "ada").await;
        world.meta().fault(
            FaultSpec::from(FaultKind::RateLimit {
                code: 613,
                regain_minutes: 1,
            })
            .times(1),
        );
        let throttled = on_its_way(world, "ben").await;
        world.channel.release_answers();
        blocked.await.unwrap();
        throttled.await.unwrap();
        let account = world.account_row().await;
        assert_eq!(
            account.paused_until,
            Some((world.now() + hours(24)).as_millis()),
            "{account:?}"
        );
    })
    .await;
}
