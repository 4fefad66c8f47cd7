//! A receiver that is off: what waited, and who is told.

use domain::roles::Role;
use engine::identity::Actor;

use super::receiver::Receiver;
use crate::world::{World, tell};

const ENDED: &str = "outgoing_webhooks WHERE outcome = 'dropped' AND body = ''";

impl World {
    async fn notices_of_webhooks(&self, role: Role) -> usize {
        let page = self.overview().seen_by(role).page().await.unwrap();
        let of_webhooks = |place| serde_json::to_value(place).unwrap()["page"] == "webhooks";
        let lines = page.attention.into_iter();
        lines.filter(|line| of_webhooks(line.next_step.place)).count()
    }
}

#[tokio::test]
async fn however_much_waits_it_ends_with_the_receiver_and_before_it_is_on_again() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_for(&receiver, &["reply.sent"]).await;
        world.customer_asks("hello").await;
        world.double_webhooks(10).await;
        world.endpoints().switch(endpoint, false, Actor::Command).await.unwrap();
        assert_eq!(world.count(ENDED).await, 1_024);
        // A server that dies meanwhile leaves them so.
        world
            .execute("UPDATE outgoing_webhooks SET outcome = NULL, body = 'left'", [])
            .await;
        world.endpoints().switch(endpoint, true, Actor::Command).await.unwrap();
        assert_eq!(world.count(ENDED).await, 1_024);
        world.send_webhooks().await;
        assert!(receiver.got().is_empty());
    })
    .await;
}

#[tokio::test]
async fn owners_are_told_of_a_receiver_that_is_gone_until_they_leave_it_off() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        receiver.answers("410 Gone");
        let endpoint = world.told_of_a_reply(&receiver).await;
        assert_eq!(world.notices_of_webhooks(Role::Owner).await, 1);
        assert_eq!(world.notices_of_webhooks(Role::Viewer).await, 0);
        world.endpoints().switch(endpoint, false, Actor::Command).await.unwrap();
        assert_eq!(world.notices_of_webhooks(Role::Owner).await, 0);
        assert_eq!(world.card(endpoint).await.note, "It is told nothing.");
    })
    .await;
}
