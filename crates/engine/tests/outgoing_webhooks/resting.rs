//! A receiver that takes nothing, or asks for time, is left alone, and keeps no other one waiting.

use super::delivering::BROKEN;
use super::draft;
use super::receiver::Receiver;
use crate::world::{World, hours, seconds, tell};

const BUSY: &str = "429 Too Many Requests\r\nretry-after: 120";

impl World {
    /// So many webhooks wait for the receiver.
    async fn sixteen_wait_for(&self, receiver: &Receiver) {
        self.endpoint_for(receiver, &["reply.sent"]).await;
        self.customer_asks("hello").await;
        self.double_webhooks(4).await;
    }
}

#[tokio::test]
async fn a_receiver_that_takes_nothing_is_called_less_and_less_until_it_does() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers_always(BROKEN);
        world.sixteen_wait_for(&receiver).await;
        world.send_webhooks().await;
        assert_eq!(receiver.got().len(), 8, "one round");
        world.webhooks_after(seconds(39)).await;
        assert_eq!(receiver.got().len(), 8, "five seconds for each that failed");
        world.webhooks_after(seconds(1)).await;
        assert_eq!(receiver.got().len(), 16);
        world.webhooks_after(seconds(79)).await;
        assert_eq!(receiver.got().len(), 16);
        receiver.recovers();
        world.webhooks_after(seconds(1)).await;
        assert_eq!(receiver.got().len(), 32, "all at once");
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_was_put_off_comes_behind_the_others() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers(BROKEN);
        world.told_of_a_reply(&receiver).await;
        let other = draft(&format!("{}/other", receiver.url()), &["reply.sent"]);
        let owner = world.webhook_owner().await;
        world.endpoints().add(&other, owner).await.unwrap();
        world.customer_asks("hello again").await;
        world.webhooks_after(seconds(5)).await;
        let got = receiver.got();
        let of_other: Vec<bool> = got
            .iter()
            .map(|got| got.head.starts_with("POST /hooks/other "))
            .collect();
        assert_eq!(of_other, [false, true, false, false]);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it_before_the_next_webhooks_of_the_same_job() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers(BUSY);
        world.sixteen_wait_for(&receiver).await;
        world.webhooks_after(seconds(0)).await;
        assert_eq!(receiver.got().len(), 8, "seven were taken");
        world.webhooks_after(seconds(119)).await;
        assert_eq!(receiver.got().len(), 8);
        world.webhooks_after(seconds(1)).await;
        assert_eq!(receiver.got().len(), 17);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_is_put_off_for_a_week_comes_once_more_at_the_end_of_its_day() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers("503 Service Unavailable\r\nretry-after: 604800");
        world.told_of_a_reply(&receiver).await;
        assert_eq!(world.ended_as().await, (None, 1));
        world.webhooks_after(hours(24) - seconds(1)).await;
        assert_eq!(receiver.got().len(), 1);
        world.webhooks_after(seconds(1)).await;
        assert_eq!(world.ended_as().await, (Some("delivered".into()), 2));
    })
    .await;
}
