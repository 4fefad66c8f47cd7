//! The main walk: a customer asks, a rule answers, one credit is gone, the log knows, no word is kept.

use domain::credits::LedgerKind;

use crate::world::{DEFAULT_REPLY, tell};

#[tokio::test]
async fn a_customer_asks_the_price_and_the_rule_answers_for_one_credit() {
    tell(async |world| {
        world.rule("Prices", &["price", "cost"], "It is 20 €.").await;

        world.customer_writes("Hi! What is the PRICE?");
        world.deliver().await;
        assert_eq!(world.sealed_content().await, 1, "the body waits, sealed");
        world.work().await;

        assert_eq!(world.replies(), ["It is 20 €."]);
        assert_eq!(world.balance().await, 9);
        let log = world.log().await;
        assert_eq!(
            log.len(),
            2,
            "the DM and the reply, and no third row for the echo: {log:?}"
        );
        assert_eq!((log[0].outcome.as_deref(), log[0].credits), (Some("sent"), 1));
        assert_eq!(
            (log[1].direction.as_str(), log[1].author.as_str()),
            ("outbound", "concierge")
        );
        assert_eq!(log[1].platform_message_id.as_ref(), Some(&world.meta().sent()[0].mid));
        assert_eq!(world.sealed_content().await, 0, "nothing is kept");
    })
    .await;
}

#[tokio::test]
async fn no_rule_matches_and_the_default_reply_answers() {
    tell(async |world| {
        world.rule("Prices", &["price"], "It is 20 €.").await;
        world.customer_asks("Priceless work, thank you!").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn the_first_rule_in_the_list_wins() {
    tell(async |world| {
        world.rule("Hours", &["open"], "From 9 to 5.").await;
        world.rule("Prices", &["price", "open"], "It is 20 €.").await;
        world.customer_asks("Are you open, and what is the price?").await;
        assert_eq!(world.replies(), ["From 9 to 5."]);
    })
    .await;
}

#[tokio::test]
async fn a_rule_edited_before_the_decision_is_the_one_that_answers() {
    tell(async |world| {
        world.customer_writes("price?");
        world.deliver().await;
        world.rule("Prices", &["price"], "It is 20 €.").await;
        world.work().await;
        assert_eq!(
            world.replies(),
            ["It is 20 €."],
            "the cached rules of an older revision are not asked"
        );
    })
    .await;
}

#[tokio::test]
async fn a_repeated_delivery_changes_nothing() {
    tell(async |world| {
        world.customer_writes("hello");
        let bodies = world.webhooks().await;
        for body in bodies.iter().chain(&bodies) {
            world.receive(body).await;
        }
        world.work().await;
        for body in &bodies {
            world.receive(body).await;
        }
        world.work().await;
        assert_eq!(world.replies().len(), 1);
        assert_eq!(world.ledger(LedgerKind::Deduct).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_repetition_after_the_keys_of_events_are_gone_changes_nothing_either() {
    tell(async |world| {
        world.customer_writes("hello");
        let bodies = world.webhooks().await;
        world.receive(&bodies[0]).await;
        world.work().await;
        world.execute("DELETE FROM inbound_events", []).await;
        world.receive(&bodies[0]).await;
        world.work().await;
        assert_eq!((world.replies().len(), world.log().await.len()), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn deliveries_that_arrive_at_once_are_each_recorded_once() {
    tell(async |world| {
        world.grant_credits(100).await;
        for number in 0..40 {
            world.customer_writes_as(&format!("guest {number}"), "hello");
        }
        let bodies = world.webhooks().await;
        let inbox = world.engine.inbox();
        let all = bodies.iter().chain(&bodies).map(|body| inbox.receive(body));
        let received = futures::future::try_join_all(all).await.unwrap();
        assert_eq!(received.iter().map(|one| one.replies).sum::<usize>(), 40);
        world.work().await;
        assert_eq!(world.replies().len(), 40);
    })
    .await;
}
