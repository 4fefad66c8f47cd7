//! Events that are counted and nothing else, deliveries nobody understands, and how an account is found.

use engine::channels::event::CountedKind;
use engine::inbox::webhook_health;
use metrics_exporter_prometheus::PrometheusBuilder;
use sandbox::{CustomerEvent, Dm};
use serde_json::{Value, json};

use crate::world::{CUSTOMER, DEFAULT_REPLY, World, tell};

/// Counts that belong to nobody, as an operator sees them.
async fn health(world: &World, kind: CountedKind) -> i64 {
    world.engine.inbox().flush_health().await.unwrap();
    let lines = webhook_health(&world.database).await.unwrap();
    lines.iter().find(|line| line.kind == kind).map_or(0, |line| line.count)
}

#[tokio::test]
async fn reads_reactions_referrals_edits_consents_and_thread_control_are_counted_only() {
    tell(async |world| {
        world.customer_asks("hello").await;
        let recorder = PrometheusBuilder::new().build_recorder();
        let _counted_here = metrics::set_default_local_recorder(&recorder);
        let events = [
            (CustomerEvent::Read, "read"),
            (CustomerEvent::Reaction, "reaction"),
            (CustomerEvent::Referral, "referral"),
            (CustomerEvent::Edit, "edit"),
            (CustomerEvent::OptIn, "opt_in"),
            (CustomerEvent::PassThreadControl, "thread_control"),
        ];
        for (event, _) in events {
            world.event(event);
            for body in world.webhooks().await {
                assert_eq!(
                    (world.receive(&body).await.events, world.receive(&body).await.events),
                    (1, 0),
                    "{event:?}"
                );
            }
        }
        let metrics = recorder.handle().render();
        for (_, kind) in events {
            assert!(
                metrics.contains(&format!("concierge_events_total{{kind=\"{kind}\"}} 1")),
                "{kind}: {metrics}"
            );
        }
        world.work().await;
        assert_eq!(world.log().await.len(), 2);
        assert_eq!(world.reply_rows().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_in_standby_belongs_to_another_app() {
    tell(async |world| {
        let mut dm = Dm::text(&world.username, CUSTOMER, "hello");
        dm.options.standby = true;
        world.meta().dm(dm).unwrap();
        world.deliver().await;
        world.work().await;
        assert_eq!(health(world, CountedKind::Standby).await, 1);
        assert!(world.log().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn dashboard_test_events_are_seen_every_time_and_are_no_messages() {
    tell(async |world| {
        let value = json!({ "sender": { "id": "12334" }, "recipient": { "id": "23245" }, "timestamp": "1527459824",
            "message": { "mid": "random_mid", "text": "random_text" } });
        world.meta().test_event();
        world.deliver().await;
        world
            .receive_json(&json!({ "object": "instagram", "entry": [{ "id": "0", "messaging": [value] }] }))
            .await;
        world
            .receive_json(&json!({ "field": "messages", "value": value }))
            .await;
        assert_eq!(health(world, CountedKind::TestEvent).await, 3);
        assert!(world.log().await.is_empty());
        assert_eq!(world.count("inbound_events").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_understands_is_counted_by_kind_and_answered_well() {
    tell(async |world| {
        let cases: [(Vec<u8>, CountedKind); 5] = [
            (b"{not json".to_vec(), CountedKind::NotJson),
            (json!([1]).to_string().into_bytes(), CountedKind::OtherObject),
            (json!({ "object": "page", "entry": [] }).to_string().into_bytes(), CountedKind::OtherObject),
            (world.delivery(&[world.element("holograms", json!({}))]), CountedKind::OtherEvent),
            (
                json!({ "object": "instagram", "entry": [{ "id": world.ig_id(), "changes": [{ "field": "comments" }] }] })
                    .to_string()
                    .into_bytes(),
                CountedKind::OtherField,
            ),
        ];
        for (body, kind) in cases {
            let before = health(world, kind).await;
            assert_eq!(world.receive(&body).await.events, 0);
            assert_eq!(health(world, kind).await, before + 1, "{kind:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_not_connected_is_counted_and_its_words_are_dropped() {
    tell(async |world| {
        let mut stranger = world.element("message", json!({ "mid": "m1", "text": "hello" }));
        stranger["recipient"]["id"] = "17840000000000000".into();
        let body = json!({ "object": "instagram", "entry": [{ "id": "17840000000000000", "messaging": [stranger] }] });
        world.receive_json(&body).await;
        assert_eq!(health(world, CountedKind::UnknownAccount).await, 1);
        assert!(world.log().await.is_empty());
        assert_eq!(world.sealed_content().await, 0);
    })
    .await;
}

/// `entry.id` and the business side as the shapes of Meta's documentation have them.
async fn is_found(world: &World, entry: &str, business: &str, mid: &str) -> bool {
    let mut said = world.element("message", json!({ "mid": mid, "text": "hello" }));
    said["recipient"]["id"] = business.into();
    let body = json!({ "object": "Instagram", "entry": [{ "id": entry, "time": 1_795_338_000, "messaging": [said] }] });
    world.receive_json(&body).await.replies == 1
}

#[tokio::test]
async fn the_account_is_found_by_every_address_meta_uses() {
    tell(async |world| {
        let (ig_id, page_id) = (world.ig_id(), world.page_id());
        assert!(is_found(world, &ig_id, &ig_id, "m1").await);
        assert!(
            is_found(world, "4507018032681480", &ig_id, "m2").await,
            "the business side of the event"
        );
        assert!(is_found(world, &page_id, &page_id, "m3").await, "the Page");
        assert!(is_found(world, "1", &page_id, "m4").await, "the Page as recipient");
        assert!(!is_found(world, "1", "2", "m5").await);
        world.customer_writes("opens the window");
        world.webhooks().await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 4]);
    })
    .await;
}

#[tokio::test]
async fn one_strange_event_does_not_spoil_its_neighbours() {
    tell(async |world| {
        let fine = |mid: &str| world.element("message", json!({ "mid": mid, "text": "hello" }));
        let strange: Vec<Value> = vec![
            json!([]),
            json!("not even an object"),
            json!({}),
            world.element("message", json!(["list"])),
            world.element("postback", json!("text")),
            world.element("message", json!({ "mid": "nul\u{0}", "text": "hello" })),
            json!({ "sender": { "id": "\u{0}" }, "recipient": { "id": "\u{0}" }, "message": { "mid": "m", "text": "zero" } }),
        ];
        let count = strange.len();
        let elements: Vec<Value> = [vec![fine("m1")], strange, vec![fine("m2")]].concat();
        assert_eq!(world.receive(&world.delivery(&elements)).await.replies, 2);
        assert_eq!(world.receive(&world.delivery(&elements)).await.events, 0, "they are recognised");
        let log = world.log().await;
        let unreadable = log.iter().filter(|row| row.kind == "unreadable");
        let outcomes: Vec<_> = unreadable.map(|row| (row.outcome.as_deref(), row.reason.as_deref())).collect();
        assert_eq!(outcomes, vec![(Some("skipped"), Some("unreadable")); count], "{log:?}");
        world.customer_writes("opens the window");
        world.webhooks().await;
        world.work().await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_broken_emoji_costs_the_emoji_and_no_message() {
    tell(async |world| {
        world.rule("Prices", &["price"], "It is 20 €.").await;
        let said = world.element("message", json!({ "mid": "m1", "text": "the price CUT" }));
        let body = String::from_utf8(world.delivery(&[said]))
            .unwrap()
            .replace("CUT", "\\ud83d");
        assert_eq!(world.receive(body.as_bytes()).await.replies, 1);
        world.customer_writes("opens the window");
        world.webhooks().await;
        world.work().await;
        assert_eq!(world.replies(), ["It is 20 €."]);
    })
    .await;
}

#[tokio::test]
async fn seconds_milliseconds_texts_and_numbers_mean_the_same_moment_and_the_same_id() {
    tell(async |world| {
        let millis = world.now().as_millis();
        let times = [
            json!(millis),
            json!(millis / 1000),
            json!(millis.to_string()),
            json!((millis / 1000).to_string()),
        ];
        for (number, time) in times.into_iter().enumerate() {
            let mut said = world.element("message", json!({ "mid": format!("m{number}"), "text": "hello" }));
            said["timestamp"] = time;
            let as_number = |id: &str| json!(id.parse::<u64>().unwrap());
            said["sender"]["id"] = as_number(&world.customer_id());
            said["recipient"]["id"] = as_number(&world.ig_id());
            let entry = json!({ "id": as_number(&world.ig_id()), "time": millis, "messaging": [said] });
            assert_eq!(
                world
                    .receive_json(&json!({ "object": "instagram", "entry": [entry] }))
                    .await
                    .replies,
                1
            );
        }
        let moments = "SELECT COUNT(DISTINCT occurred_at) AS number FROM messages WHERE tenant_id = $1";
        assert_eq!(world.number(moments).await, 1);
        let conversations = "conversations WHERE tenant_id = $1";
        assert_eq!(world.count(conversations).await, 1);
        world.customer_writes("opens the window");
        world.webhooks().await;
        world.work().await;
        assert_eq!(world.replies().len(), 4);
    })
    .await;
}
