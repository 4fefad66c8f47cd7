//! Tries, waits, ends: nothing is lost, and a receiver that is away for long is left alone.

use domain::ids::WebhookEndpointId;
use engine::identity::Actor;
use engine::storage::sql;

use super::receiver::Receiver;
use crate::world::{World, days, hours, minutes, seconds, tell};

pub(super) const BROKEN: &str = "500 Internal Server Error";

impl World {
    /// A customer asks, and the receiver is told; with a canned answer for each call.
    pub(super) async fn told_of_a_reply(&self, receiver: &Receiver) -> WebhookEndpointId {
        let endpoint = self.endpoint_for(receiver, &["reply.sent"]).await;
        self.customer_asks("hello").await;
        self.send_webhooks().await;
        endpoint
    }

    /// The only webhook: outcome and tries.
    pub(super) async fn ended_as(&self) -> (Option<String>, i64) {
        let text = "SELECT outcome, attempts FROM outgoing_webhooks";
        sql::value(self.database.reader(), text, []).await.unwrap().unwrap()
    }

    pub(super) async fn webhooks_after(&self, time: std::time::Duration) {
        self.pass(time);
        self.send_webhooks().await;
    }
}

#[tokio::test]
async fn a_webhook_that_is_not_taken_comes_again_with_the_same_id_and_body_and_a_new_signature() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers(BROKEN);
        let endpoint = world.told_of_a_reply(&receiver).await;
        world.webhooks_after(seconds(4)).await;
        assert_eq!(receiver.got().len(), 1, "not before its time");
        world.webhooks_after(seconds(1)).await;
        let got = receiver.got();
        assert_eq!(got.len(), 2);
        assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
        assert_eq!(got[0].body, got[1].body);
        assert_ne!(got[0].header("webhook-signature"), got[1].header("webhook-signature"));
        let secret = world.secret(endpoint).await;
        assert!(got.iter().all(|got| got.is_signed_with(&secret)));
        assert_eq!(world.ended_as().await, (Some("delivered".into()), 2));
        assert_eq!(world.card(endpoint).await.pill.label, "Works");
        assert_eq!(world.count("outgoing_webhooks WHERE body <> ''").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_is_down_for_a_day_is_tried_eleven_times_and_then_no_more() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers_always(BROKEN);
        let endpoint = world.told_of_a_reply(&receiver).await;
        for _ in 0..(26 * 60) {
            world.webhooks_after(minutes(1)).await;
        }
        assert_eq!(receiver.got().len(), 11);
        assert_eq!(world.ended_as().await, (Some("failed".into()), 11));
        let card = world.card(endpoint).await;
        assert!(card.enabled);
        assert_eq!(card.pill.label, "Does not answer");
        assert_eq!(card.log[0].answer, "it answered 500");
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it_for_everything() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers("429 Too Many Requests\r\nretry-after: 120");
        world.told_of_a_reply(&receiver).await;
        world.customer_asks("hello again").await;
        world.webhooks_after(seconds(119)).await;
        assert_eq!(receiver.got().len(), 1);
        world.webhooks_after(seconds(1)).await;
        assert_eq!(receiver.got().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_switched_off_at_once_and_what_waits_ends() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers("410 Gone");
        let endpoint = world.told_of_a_reply(&receiver).await;
        world.webhooks_after(days(1)).await;
        assert_eq!(receiver.got().len(), 1);
        let card = world.card(endpoint).await;
        assert!(!card.enabled && card.note.contains("410"), "{card:?}");
        let overview = world.overview().page().await.unwrap();
        let told = |place| serde_json::to_value(place).unwrap()["page"] == "webhooks";
        assert!(
            overview.attention.iter().any(|line| told(line.next_step.place)),
            "{overview:?}"
        );
        world.endpoints().switch(endpoint, true, Actor::Command).await.unwrap();
        assert_eq!(
            world.overview().page().await.unwrap().attention.len(),
            overview.attention.len() - 1
        );
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_takes_nothing_for_three_days_is_switched_off() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers_always(BROKEN);
        let endpoint = world.told_of_a_reply(&receiver).await;
        for day in 0..3 {
            assert!(world.card(endpoint).await.enabled, "day {day}");
            for _ in 0..24 {
                world.webhooks_after(hours(1)).await;
            }
            world.customer_asks("hello again").await;
            world.send_webhooks().await;
        }
        let card = world.card(endpoint).await;
        assert!(!card.enabled && card.note.contains("three days"), "{card:?}");
        assert_eq!(card.waiting, 0);
        assert_eq!(card.log[0].pill.label, "Not sent");
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_that_is_wanted_again_starts_anew() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers(BROKEN);
        let endpoint = world.told_of_a_reply(&receiver).await;
        receiver.recovers();
        world.webhooks_after(minutes(1)).await;
        world.pass(days(5));
        receiver.answers(BROKEN);
        world.customer_asks("hello again").await;
        world.send_webhooks().await;
        assert!(world.card(endpoint).await.enabled);
    })
    .await;
}

#[tokio::test]
async fn what_a_server_wrote_before_it_died_is_sent_by_the_next_one_with_the_same_id() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_for(&receiver, &["reply.sent"]).await;
        world.customer_asks("hello").await;
        // It took the endpoint up, called, and died before it could write that down.
        let claim = "UPDATE webhook_endpoints SET job_no = 7, claimed_by = 'gone', claimed_until = $1";
        world
            .execute(claim, [(world.now() + minutes(1)).as_millis().into()])
            .await;
        world.send_webhooks().await;
        assert!(receiver.got().is_empty(), "it is another server's for a minute");
        let id = "SELECT id FROM outgoing_webhooks";
        let id: uuid::Uuid = sql::value(world.database.reader(), id, []).await.unwrap().unwrap();
        world.webhooks_after(minutes(1)).await;
        let got = receiver.got();
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].header("webhook-id"), format!("msg_{}", id.simple()));
        assert_eq!(world.card(endpoint).await.waiting, 0);
    })
    .await;
}

#[tokio::test]
async fn the_workers_of_a_server_send_by_a_queue_of_their_own() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        world.endpoint_for(&receiver, &["reply.sent"]).await;
        world.customer_asks("hello").await;
        let servers = world.start_workers();
        let sent = "outgoing_webhooks WHERE outcome = 'delivered'";
        let waited = tokio::time::timeout(seconds(20), async {
            while world.count(sent).await == 0 {
                tokio::task::yield_now().await;
            }
        });
        waited.await.unwrap();
        servers.stop().await;
        assert_eq!(receiver.events(), ["reply.sent"]);
    })
    .await;
}
