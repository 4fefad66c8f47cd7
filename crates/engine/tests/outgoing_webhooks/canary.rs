//! A secret is in no table, log or metric, and neither are the words of a reply or of a receiver's answer.

use engine::identity::Actor;

use super::receiver::{ANSWERED, OWNER, Receiver};
use crate::world::{Listener, files_hold, tables_with, tell};

#[tokio::test]
async fn a_secret_and_what_a_receiver_answers_are_nowhere() {
    let listener = &Listener::new().await;
    tell(async |world| {
        let receiver = Receiver::start().await;
        listener.listen(true);
        let endpoint = world.endpoint_at(&receiver).await;
        let first = world.secret(endpoint).await;
        world.endpoints().rotate(endpoint, Actor::User(OWNER)).await.unwrap();
        let second = world.secret(endpoint).await;
        receiver.answers("500 Internal Server Error");
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        world.endpoints().test(endpoint).await.unwrap();
        listener.listen(false);
        assert_eq!(receiver.got().len(), 2);
        assert!(listener.log().contains("outgoing_webhook.call"), "the listener hears");
        for secret in [first, second] {
            let word = secret.strip_prefix("whsec_").unwrap();
            assert_eq!(listener.lines_with(word), Vec::<String>::new());
            assert_eq!(tables_with(world, word).await, Vec::<String>::new());
            assert!(!files_hold(&world.database, word));
        }
        assert_eq!(listener.lines_with(ANSWERED), Vec::<String>::new());
        assert_eq!(tables_with(world, ANSWERED).await, Vec::<String>::new());
        let ids = [endpoint.to_string(), world.tenant.to_string()];
        assert!(ids.iter().all(|id| !listener.metrics().contains(id)));
    })
    .await;
}
