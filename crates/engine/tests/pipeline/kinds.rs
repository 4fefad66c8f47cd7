//! Kinds of messages: which carry words, which are answered by the default, which are only noted.

use domain::reasons::Reason;
use sandbox::{CustomerEvent, DmKind};
use serde_json::json;

use crate::world::{DEFAULT_REPLY, World, days, tell};

async fn price_rule(world: &World) {
    world.rule("Prices", &["price"], "It is 20 €.").await;
}

#[tokio::test]
async fn every_kind_with_words_is_matched() {
    tell(async |world| {
        price_rule(world).await;
        let kinds = [
            DmKind::Text,
            DmKind::StoryReply,
            DmKind::QuickReply,
            DmKind::Postback,
            DmKind::AdReferral,
        ];
        for kind in kinds {
            world.customer_sends(kind, "the price");
        }
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies(), ["It is 20 €."; 5]);
        let logged: Vec<String> = world.log().await.into_iter().take(5).map(|row| row.kind).collect();
        assert_eq!(logged, ["text", "story_reply", "quick_reply", "postback", "text"]);
    })
    .await;
}

#[tokio::test]
async fn every_kind_without_words_gets_the_canned_default_and_keeps_no_body() {
    tell(async |world| {
        price_rule(world).await;
        let kinds = [
            DmKind::Image,
            DmKind::Audio,
            DmKind::IgPost,
            DmKind::StoryMention,
            DmKind::Ephemeral,
            DmKind::Unsupported,
        ];
        for kind in kinds {
            world.customer_sends(kind, "");
        }
        world.deliver().await;
        assert_eq!(world.sealed_content().await, 0);
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 6]);
        let logged: Vec<String> = world.log().await.into_iter().take(6).map(|row| row.kind).collect();
        assert_eq!(
            logged,
            [
                "attachment",
                "attachment",
                "attachment",
                "story_mention",
                "ephemeral",
                "unsupported"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn blank_and_missing_words_count_as_no_words() {
    tell(async |world| {
        price_rule(world).await;
        let blank = world.element("message", json!({ "mid": "m1", "text": " \u{a0}\n" }));
        let null = world.element("message", json!({ "mid": "m2", "text": null }));
        let untitled = world.element("postback", json!({ "payload": "PRICE", "title": null }));
        assert_eq!(
            world.receive(&world.delivery(&[blank, null, untitled])).await.replies,
            3
        );
        assert_eq!(world.sealed_content().await, 0);
        world.customer_writes("opens the window");
        world.webhooks().await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 3]);
    })
    .await;
}

#[tokio::test]
async fn a_postback_without_an_id_is_recognised_when_it_is_repeated() {
    tell(async |world| {
        let tap = world.element("postback", json!({ "title": "Hours", "payload": "HOURS" }));
        let other = world.element("postback", json!({ "title": "Prices", "payload": "PRICES" }));
        assert_eq!(world.receive(&world.delivery(&[tap.clone(), other])).await.replies, 2);
        assert_eq!(world.receive(&world.delivery(&[tap])).await.replies, 0);
        world.pass(days(2));
        world.work().await;
        assert_eq!(world.states().await, ["skipped", "skipped"]);
    })
    .await;
}

#[tokio::test]
async fn while_enabled_is_off_messages_are_logged_with_the_reason_and_nothing_is_sealed_or_opened() {
    tell(async |world| {
        world.switch_enabled(false).await;
        world.customer_writes("price?");
        world.customer_sends(DmKind::Image, "");
        world.deliver().await;
        assert_eq!(world.sealed_content().await, 0);
        assert!(world.reply_rows().await.is_empty());
        let log = world.log().await;
        assert_eq!(log.len(), 2);
        assert!(
            log.iter()
                .all(|row| row.reason.as_deref() == Some(Reason::AccountDisabled.as_str())),
            "{log:?}"
        );
        world.switch_enabled(true).await;
        world.work().await;
        assert!(world.replies().is_empty(), "old messages are not answered later");
    })
    .await;
}

#[tokio::test]
async fn switches_turned_off_after_the_message_arrived_silence_its_reply() {
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world.switch_auto_reply(false).await;
        world.work().await;
        world.ended_for(Reason::AutoReplyOff).await;
    })
    .await;
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world.switch_enabled(false).await;
        world.work().await;
        world.ended_for(Reason::AccountDisabled).await;
    })
    .await;
}

#[tokio::test]
async fn a_message_of_the_account_to_itself_is_logged_and_never_answered() {
    tell(async |world| {
        world.event(CustomerEvent::SelfMessage);
        let mut button = world.element("postback", json!({ "mid": "own-tap", "title": "Hours" }));
        button["is_self"] = true.into();
        button["sender"]["id"] = world.ig_id().into();
        world.deliver().await;
        world.receive(&world.delivery(&[button])).await;
        world.work().await;
        assert_eq!(world.authors().await, ["outbound self", "outbound self"]);
        assert!(world.reply_rows().await.is_empty());
    })
    .await;
}
