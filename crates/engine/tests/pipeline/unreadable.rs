//! Events with ids and times that nobody expects: what can be answered is, what cannot is not lost.

use engine::credits;
use serde_json::json;

use crate::support::for_each_database;
use crate::world::{DEFAULT_REPLY, Setup, World, days, hours, tell};

/// Meta lets us answer a customer who has written.
async fn customer_wrote(world: &World) {
    world.customer_asks("hi").await;
    assert_eq!(world.replies(), [DEFAULT_REPLY]);
}

#[tokio::test]
async fn a_message_with_an_endless_id_is_answered_once() {
    tell(async |world| {
        customer_wrote(world).await;
        let mid = "m".repeat(2_000);
        let message = world.element("message", json!({ "mid": mid, "text": "hello" }));
        for _ in 0..2 {
            world.receive(&world.delivery(std::slice::from_ref(&message))).await;
            world.work().await;
        }
        assert_eq!(world.replies().len(), 2);
        let log = world.log().await;
        let mids = log.iter().filter_map(|row| row.platform_message_id.as_deref());
        assert_eq!(mids.filter(|mid| mid.starts_with("sha256:")).count(), 1, "{log:?}");
        let unsent = world.element("message", json!({ "mid": mid, "is_deleted": true }));
        world.receive(&world.delivery(&[unsent])).await;
        let unsent = "inbound_events e JOIN accounts a ON a.id = e.account_id
            WHERE a.tenant_id = $1 AND e.event_key LIKE 'del:sha256:%'";
        assert_eq!(world.count(unsent).await, 1, "the same id for what is taken back");
    })
    .await;
}

#[tokio::test]
async fn a_message_without_a_readable_id_is_in_the_log_and_not_answered() {
    for mid in ["", "a\u{0}b"] {
        tell(async |world| {
            customer_wrote(world).await;
            let message = world.element("message", json!({ "mid": mid, "text": "hello" }));
            for _ in 0..2 {
                let neighbour = world.element("message", json!({ "mid": "m_1", "text": "hello" }));
                world.receive(&world.delivery(&[message.clone(), neighbour])).await;
                world.work().await;
            }
            let log = world.log().await;
            let unreadable: Vec<_> = log
                .iter()
                .filter(|row| row.reason.as_deref() == Some("unreadable"))
                .collect();
            assert_eq!(unreadable.len(), 1, "{log:?}");
            assert_eq!(unreadable[0].outcome.as_deref(), Some("skipped"));
            assert_eq!(world.replies().len(), 2, "to its neighbour");
        })
        .await;
    }
}

#[tokio::test]
async fn a_time_in_the_future_is_now() {
    tell(async |world| {
        customer_wrote(world).await;
        let mut message = world.element("message", json!({ "mid": "m_1", "text": "hello" }));
        message["timestamp"] = json!((world.now() + days(30)).as_millis());
        world.receive(&world.delivery(&[message])).await;
        let window = "SELECT window_until AS number FROM conversations WHERE tenant_id = $1";
        assert_eq!(world.number(window).await, (world.now() + hours(24)).as_millis());
        world.work().await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_tenant_without_a_balance_is_verified_as_well() {
    for_each_database(|database| async move {
        let world = World::open(database, Setup::default()).await;
        assert_eq!(credits::verify(&world.database).await.unwrap(), []);
        world.execute("DELETE FROM credit_balances", []).await;
        assert_eq!(credits::verify(&world.database).await.unwrap().len(), 1);
    })
    .await;
}
