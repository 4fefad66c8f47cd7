//! Events with ids and times that nobody expects: what can be answered is, what cannot is not lost.

use domain::messages::Direction;
use domain::views::{Cursor, MessageFilter};
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
            assert_eq!(unreadable[0].kind, "unreadable");
            assert_eq!(world.replies().len(), 2, "to its neighbour");
        })
        .await;
    }
}

#[tokio::test]
async fn a_field_that_is_not_what_meta_documents_costs_that_field_alone() {
    tell(async |world| {
        customer_wrote(world).await;
        world.rule("Prices", &["price"], "It is 20 €.").await;
        let said = |number: usize| json!({ "mid": format!("m_{number}"), "text": "price" });
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let raw = ["\"never\"", "1e999", "{}", "null", deep.as_str(), "\"\\ud83d\"", "-0.0"];
        let fields = [
            "timestamp",
            "message.attachments",
            "message.is_echo",
            "message.reply_to",
            "read",
            "unheard_of",
        ];
        let mut sent = 0;
        for field in fields {
            for value in raw {
                let mut said = world.element("message", said(sent));
                match field.split_once('.') {
                    Some((outer, inner)) => said[outer][inner] = "VALUE".into(),
                    None => said[field] = "VALUE".into(),
                }
                let body = String::from_utf8(world.delivery(&[said]))
                    .unwrap()
                    .replace("\"VALUE\"", value);
                let received = world.receive(body.as_bytes()).await;
                assert_eq!(received.replies, 1, "{field}: {value}");
                sent += 1;
            }
        }
        world.work().await;
        let prices = world.replies().into_iter().filter(|text| text == "It is 20 €.").count();
        assert!(prices > 0, "{:?}", world.replies());
        let log = world.log().await;
        let texts = log
            .iter()
            .filter(|row| row.kind == "text" && row.direction == "inbound")
            .count();
        assert_eq!(texts, sent + 1, "{log:?}");
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_cannot_be_read_is_told_on_the_page_of_messages() {
    tell(async |world| {
        customer_wrote(world).await;
        let mut nobody = world.element("message", json!({ "mid": "m_1", "text": "hello" }));
        nobody["sender"] = json!(["?"]);
        world.receive(&world.delivery(&[nobody])).await;
        let filter = MessageFilter {
            direction: Some(Direction::Inbound),
            ..MessageFilter::default()
        };
        let page = world.messages().page(&filter, &Cursor::Newest).await.unwrap();
        let row = page.rows.iter().find(|row| row.message == "Unreadable notice").unwrap();
        assert_eq!(row.pill.label, "Not answered");
        assert_eq!(row.why, "Meta's notice of this message could not be read");
    })
    .await;
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
