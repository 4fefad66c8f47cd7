//! What an answer of Meta's leaves open is asked before a customer, a token or an account is blamed for it.

use domain::reasons::Reason;
use engine::connect::CheckResult;
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, World, hours, minutes, seconds, tell};

fn error(edge: Edge, http_status: u16, code: u32, subcode: u32) -> FaultSpec {
    let kind = FaultKind::Error {
        http_status,
        code,
        subcode: Some(subcode),
        is_transient: None,
    };
    FaultSpec::from(kind).edge(edge)
}

async fn check(world: &World) -> CheckResult {
    let connections = world.engine.connections();
    connections
        .check(world.tenant, world.account, engine::identity::Actor::Command)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_message_that_meta_created_and_answered_with_an_error_is_sent_once_and_is_no_persons() {
    tell(async |world| {
        world
            .meta()
            .fault(error(Edge::Send, 400, 20, 1_772_107).accepted().times(1));
        world.customer_asks("hello").await;
        world.wait_in_steps(minutes(3), seconds(20)).await;
        assert_eq!(world.states().await, ["sent"]);
        assert_eq!(world.replies(), [DEFAULT_REPLY], "never repeated");
        assert_eq!(world.authors().await, ["inbound customer", "outbound concierge"]);
        assert_eq!(world.balance().await, 9);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_meta_did_not_create_after_all_goes_out_when_two_reads_deny_it() {
    tell(async |world| {
        world.meta().fault(error(Edge::Send, 400, 20, 1_772_107).times(1));
        world.customer_asks("hello").await;
        world.waits_for("confirming").await;
        world.wait_in_steps(minutes(3), seconds(20)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_customer_is_only_unavailable_while_the_page_is_there() {
    tell(async |world| {
        world.meta().fault(error(Edge::Send, 400, 100, 33));
        world.customer_asks("hello").await;
        world.ended_for(Reason::RecipientUnavailable).await;
        assert_eq!(world.status().await, "connected");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_gone_is_named_and_the_reply_waits_for_it() {
    tell(async |world| {
        for edge in [Edge::Send, Edge::Page] {
            world.meta().fault(error(edge, 400, 100, 33));
        }
        world.customer_asks("hello").await;
        world.waits_for("needs_attention").await;
        let account = world.account_row().await;
        assert_eq!(
            (account.status.as_str(), account.status_cause.as_deref()),
            ("needs_attention", Some("page_gone"))
        );
        assert_eq!(world.balance().await, 9, "what is reserved stays reserved");
        world.meta().clear_faults();
        assert_eq!(check(world).await, CheckResult::Working { woken: 1 });
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn no_account_pauses_while_meta_does_not_say_whether_the_page_is_there() {
    tell(async |world| {
        world.meta().fault(error(Edge::Send, 400, 100, 33).times(1));
        let silent = FaultKind::ServerError { http_status: 503 };
        world.meta().fault(FaultSpec::from(silent).edge(Edge::Page).times(1));
        world.customer_asks("hello").await;
        world.waits_for("retrying").await;
        assert_eq!(world.status().await, "connected");
        world.wait(minutes(1)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_meta_refuses_and_calls_good_is_told_as_that() {
    tell(async |world| {
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::TokenExpired).edge(Edge::Send));
        world.customer_asks("hello").await;
        world.waits_for("token_refused").await;
        assert_eq!(world.status().await, "connected", "debug_token says that it works");
        world.wait_in_steps(hours(3), minutes(5)).await;
        world.ended_for(Reason::TokenRefused).await;
    })
    .await;
}

#[tokio::test]
async fn a_check_that_finds_nothing_wrong_ends_a_pause_for_conduct() {
    tell(async |world| {
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::PolicyBlock { restricted: true }).times(1));
        world.customer_asks("hello").await;
        world.ended_for(Reason::PolicyBlock).await;
        world.pass(minutes(10));
        world.customer_asks("hello").await;
        assert!(world.replies().is_empty(), "paused");
        assert_eq!(check(world).await, CheckResult::Working { woken: 1 });
        assert_eq!(world.status().await, "connected");
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn a_check_that_finds_something_says_what_and_sends_nothing() {
    tell(async |world| {
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::PolicyBlock { restricted: false }).times(1));
        world.customer_asks("hello").await;
        world.meta().fault(error(Edge::Page, 400, 100, 33).times(1));
        assert!(matches!(check(world).await, CheckResult::Broken(_)));
        assert_eq!(world.status().await, "needs_attention");
        world.customer_asks("hello").await;
        assert!(world.replies().is_empty());
    })
    .await;
}
