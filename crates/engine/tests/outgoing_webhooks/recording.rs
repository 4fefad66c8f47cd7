//! What is told, to whom, and how often.

use domain::rules::RuleDraft;
use engine::identity::Actor;
use sandbox::{Edge, FaultKind, FaultSpec};

use super::receiver::Receiver;
use crate::world::{keyword_rule, tell};

const DATA_OF_A_REPLY: [&str; 8] = [
    "account_id",
    "conversation_id",
    "message_id",
    "received_at",
    "reply_id",
    "response",
    "rule_id",
    "sent_at",
];

#[tokio::test]
async fn a_receiver_is_told_once_of_a_reply_without_a_word_of_it() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_at(&receiver).await;
        world.customer_asks("how much is the canary bouquet?").await;
        world.send_webhooks().await;
        world.send_webhooks().await;
        let got = receiver.got();
        assert_eq!(receiver.events(), ["reply.sent"]);
        assert!(got[0].is_signed_with(&world.secret(endpoint).await), "{got:?}");
        let json = got[0].json();
        let data = json["data"].as_object().unwrap();
        let mut names: Vec<&str> = data.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, DATA_OF_A_REPLY);
        assert_eq!(data["account_id"], world.account.to_string());
        assert_eq!(data["sent_at"], "2026-11-22T09:00:00Z");
        assert!(!got[0].body.contains("canary") && !got[0].body.contains("We will be back"));
        assert_eq!(got[0].header("content-type"), "application/json");
    })
    .await;
}

#[tokio::test]
async fn a_tenant_without_endpoints_writes_nothing() {
    tell(async |world| {
        world.customer_asks("hello").await;
        assert_eq!(world.count("outgoing_webhooks").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_gets_what_it_chose_and_nothing_while_it_is_off() {
    tell(async |world| {
        let (replies, credits) = (Receiver::start().await, Receiver::start().await);
        let endpoint = world.endpoint_for(&replies, &["reply.sent"]).await;
        world.endpoint_for(&credits, &["credits.low"]).await;
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        assert_eq!((replies.events().len(), credits.events().len()), (1, 0));
        world.endpoints().switch(endpoint, false, Actor::Command).await.unwrap();
        world.customer_asks("hello again").await;
        world.endpoints().switch(endpoint, true, Actor::Command).await.unwrap();
        world.send_webhooks().await;
        assert_eq!(replies.events().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_leaves_to_a_person_is_told_as_a_handoff() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        world.endpoint_for(&receiver, &["handoff.requested"]).await;
        let rule = RuleDraft {
            leave_to_person: true,
            ..keyword_rule("Person", &["person"], "Somebody writes soon.")
        };
        world.add_rule(&rule).await;
        world.customer_asks("a person, please").await;
        world.send_webhooks().await;
        assert_eq!(receiver.events(), ["handoff.requested"]);
        assert_eq!(receiver.got()[0].json()["data"]["by"], "rule");
    })
    .await;
}

#[tokio::test]
async fn credits_are_told_at_ten_and_at_none() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        world.endpoint_for(&receiver, &["credits.low"]).await;
        world.grant_credits(2).await;
        let balance = world.balance().await;
        for left in (0..balance).rev() {
            world.use_up_credits(1).await;
            world.send_webhooks().await;
            let expected = usize::from(left <= 10) + usize::from(left == 0);
            assert_eq!(receiver.events().len(), expected, "{left} left");
        }
        assert_eq!(receiver.got()[0].json()["data"]["balance"], 10);
        assert_eq!(receiver.got()[1].json()["data"]["balance"], 0);
    })
    .await;
}

fn refused(code: u32, subcode: u32) -> FaultSpec {
    FaultSpec::from(FaultKind::Error {
        http_status: 400,
        code,
        subcode: Some(subcode),
        is_transient: None,
    })
}

#[tokio::test]
async fn a_reply_that_meta_refuses_for_good_is_told_with_its_reason() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        world.endpoint_at(&receiver).await;
        world.meta().fault(refused(100, 2_534_015).edge(Edge::Send));
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        assert_eq!(receiver.events(), ["reply.failed"]);
        assert_eq!(receiver.got()[0].json()["data"]["reason"], "bad_request");
    })
    .await;
}

#[tokio::test]
async fn an_account_whose_token_died_is_told_once_and_not_for_each_message() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        world.endpoint_for(&receiver, &["account.needs_reconnect"]).await;
        world.meta().set_token_dead(&world.username, Some(460)).unwrap();
        world.customer_asks("hello").await;
        world.customer_asks("are you there?").await;
        world.send_webhooks().await;
        assert_eq!(receiver.events(), ["account.needs_reconnect"]);
        let told = receiver.got()[0].json();
        assert_eq!(told["data"]["account_id"], world.account.to_string());
        assert_eq!(told["data"]["reason"], "password_changed");
    })
    .await;
}
