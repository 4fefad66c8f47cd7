//! The main walk: a customer asks, a rule answers, one credit is gone, the log knows, no word is kept.

use domain::credits::LedgerKind;

use crate::support::for_each_database;
use crate::world::World;

#[tokio::test]
async fn a_customer_asks_the_price_and_the_rule_answers_for_one_credit() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        world.rule("Prices", &["price", "cost"], "It is 20 €.").await;

        world.dm("Hi! What is the PRICE?");
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
        assert_eq!(world.sealed_content().await, 0, "nothing is kept");
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn no_rule_matches_and_the_default_reply_answers() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        world.rule("Prices", &["price"], "It is 20 €.").await;
        world.dm("Priceless work, thank you!");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies(), ["We will be back soon."]);
        world.audit().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeated_delivery_changes_nothing() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        world.dm("hello");
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
        world.audit().await;
    })
    .await;
}
