//! What an owner does with receivers.

use domain::ids::TenantId;
use engine::identity::Actor;
use engine::outgoing_webhooks::{WebhookDraft, WebhookEndpointsError};
use engine::vault::{KeyRing, Vault, generate_key, rotate};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::draft;
use super::receiver::{OWNER, Receiver};
use crate::world::{days, hours, minutes, seconds, tell};

#[tokio::test]
async fn an_earlier_secret_signs_for_a_day_beside_the_new_one() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_for(&receiver, &["reply.sent"]).await;
        let earlier = world.secret(endpoint).await;
        world.endpoints().rotate(endpoint, Actor::User(OWNER)).await.unwrap();
        let new = world.secret(endpoint).await;
        assert_ne!(earlier, new);
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        world.pass(hours(24));
        world.customer_asks("hello again").await;
        world.send_webhooks().await;
        let signed = receiver.got();
        let by = |secret: &str| signed.iter().map(|got| got.is_signed_with(secret)).collect::<Vec<_>>();
        assert_eq!((by(&earlier), by(&new)), (vec![true, false], vec![true, true]));
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_shown_for_ten_minutes_to_whoever_made_it_and_to_nobody_else() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_at(&receiver).await;
        assert!(world.card(endpoint).await.secret.is_some());
        let other = domain::ids::UserId::from_uuid(Uuid::from_u128(9));
        let page = world.endpoints().page(other).await.unwrap();
        assert!(page.endpoints[0].secret.is_none());
        world.pass(minutes(10));
        assert!(world.card(endpoint).await.secret.is_none());
        world.endpoints().rotate(endpoint, Actor::User(OWNER)).await.unwrap();
        assert!(world.card(endpoint).await.secret.is_some());
        world.endpoints().hide_secret(endpoint).await.unwrap();
        assert!(world.card(endpoint).await.secret.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_secret_outlives_the_rotation_of_the_encryption_keys() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_at(&receiver).await;
        let secret = world.secret(endpoint).await;
        let both = format!(
            "{},{}",
            generate_key("new").expose_secret(),
            world.key_text().expose_secret()
        );
        let keys = KeyRing::parse(&both.into()).unwrap();
        let vault = Vault::load(&world.database, keys.clone()).await.unwrap();
        rotate(&world.database, &vault).await.unwrap();
        let engine = world
            .engine_with_keys(world.database.open_again().await, keys)
            .await
            .unwrap();
        let page = engine.webhook_endpoints(world.tenant).page(OWNER).await.unwrap();
        assert_eq!(page.endpoints[0].secret.as_deref(), Some(&*secret));
    })
    .await;
}

#[tokio::test]
async fn a_test_says_at_once_what_came_back_and_is_not_repeated() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_for(&receiver, &["credits.low"]).await;
        let said = world.endpoints().test(endpoint).await.unwrap();
        assert!(said.starts_with("The receiver took the test: 204 in "), "{said}");
        assert_eq!(receiver.events(), ["webhook.test"]);
        assert!(receiver.got()[0].is_signed_with(&world.secret(endpoint).await));
        receiver.answers("302 Found\r\nlocation: http://127.0.0.1:1/");
        let said = world.endpoints().test(endpoint).await.unwrap();
        assert!(said.contains("did not take the test: it answered 302"), "{said}");
        world.pass(hours(1));
        world.send_webhooks().await;
        assert_eq!(receiver.got().len(), 2);
        assert_eq!(world.card(endpoint).await.log.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_tenant_reaches_no_endpoint_of_another() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint_at(&receiver).await;
        let stranger = world.engine.webhook_endpoints(TenantId::from_uuid(Uuid::from_u128(5)));
        let change = draft(&receiver.url(), &["reply.sent"]);
        let by = Actor::Command;
        let answers = [
            stranger.change(endpoint, &change, by).await,
            stranger.switch(endpoint, false, by).await,
            stranger.rotate(endpoint, by).await,
            stranger.hide_secret(endpoint).await,
            stranger.delete(endpoint, by).await,
            stranger.test(endpoint).await.map(drop),
        ];
        for answer in answers {
            assert!(matches!(answer, Err(WebhookEndpointsError::NotFound)), "{answer:?}");
        }
        assert!(world.card(endpoint).await.enabled && receiver.got().is_empty());
    })
    .await;
}

#[tokio::test]
async fn deleting_a_receiver_takes_its_log_and_what_waits_with_the_next_purge() {
    tell(async |world| {
        let (receiver, other) = (Receiver::start().await, Receiver::start().await);
        let endpoint = world.endpoint_at(&receiver).await;
        world.endpoint_at(&other).await;
        world.customer_asks("hello").await;
        world.double_webhooks(10).await;
        world.endpoints().delete(endpoint, Actor::Command).await.unwrap();
        assert_eq!(
            world.count("outgoing_webhooks").await,
            2 * 1_024,
            "nobody waits for that"
        );
        world.engine.purge_old(world.now()).await.unwrap();
        assert_eq!(world.count("outgoing_webhooks").await, 1_024, "the other's stay");
        assert_eq!(world.count("webhook_endpoints").await, 1);
        assert!(receiver.got().is_empty());
        let audited = "audit_log WHERE tenant_id = $1 AND action LIKE 'webhooks.%'";
        assert_eq!(world.count(audited).await, 3);
    })
    .await;
}

#[tokio::test]
async fn the_log_ends_after_a_week() {
    tell(async |world| {
        let receiver = Receiver::start().await;
        world.endpoint_at(&receiver).await;
        world.customer_asks("hello").await;
        world.send_webhooks().await;
        world
            .engine
            .purge_old(world.now() + days(7) - seconds(1))
            .await
            .unwrap();
        assert_eq!(world.count("outgoing_webhooks").await, 1);
        world
            .engine
            .purge_old(world.now() + days(7) + seconds(1))
            .await
            .unwrap();
        assert_eq!(world.count("outgoing_webhooks").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_an_endpoint_is_refused_at_its_field() {
    tell(async |world| {
        let long = format!("https://shop.example/{}", "a".repeat(2_000));
        let cases = [
            ("url", draft("shop.example", &["reply.sent"])),
            ("url", draft("ftp://shop.example/", &["reply.sent"])),
            ("url", draft("https://me:secret@shop.example/", &["reply.sent"])),
            ("url", draft("https://shop.example/#part", &["reply.sent"])),
            ("url", draft(&long, &["reply.sent"])),
            ("events", draft("https://shop.example/", &[])),
            (
                "events",
                draft("https://shop.example/", &["webhook.test", "reply.read"]),
            ),
            (
                "description",
                WebhookDraft {
                    description: "a".repeat(201),
                    ..draft("https://shop.example/", &["reply.sent"])
                },
            ),
        ];
        for (field, draft) in cases {
            let Err(WebhookEndpointsError::Invalid(errors)) = world.endpoints().add(&draft, Actor::Command).await
            else {
                panic!("{draft:?}");
            };
            assert_eq!(errors.iter().map(|error| &*error.field).collect::<Vec<_>>(), [field]);
        }
        for _ in 0..10 {
            let more = draft("https://shop.example/", &["reply.sent"]);
            world.endpoints().add(&more, Actor::Command).await.unwrap();
        }
        let eleventh = draft("https://shop.example/", &["reply.sent"]);
        let refused = world.endpoints().add(&eleventh, Actor::Command).await;
        assert!(matches!(refused, Err(WebhookEndpointsError::TooMany)), "{refused:?}");
    })
    .await;
}
