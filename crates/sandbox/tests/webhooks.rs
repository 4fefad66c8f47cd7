//! Deliveries: payload shapes, signatures, order, retries, and the disorders Meta allows itself.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{PATIENCE, SECRET, stage, stage_with};
use sandbox::{
    CustomerEvent, DeliveryMode, DeliveryState, Dm, DmKind, EchoMode, EventRequest, Release, RetryPolicy, sign,
};
use serde_json::json;

#[tokio::test]
async fn the_body_is_escaped_ascii_and_signed_as_sent() {
    let stage = stage().await;
    let page = stage.page();
    let mid = stage
        .handle
        .dm(Dm::text(&page.page_id, "qamar_22", "Café? 🙏 a/b"))
        .unwrap();
    let got = &stage.hook.wait(1).await[0];
    let raw = String::from_utf8(got.raw.clone()).unwrap();
    assert!(raw.is_ascii());
    assert!(raw.contains(r"Caf\u00e9? \ud83d\ude4f a\/b"), "{raw}");
    assert_eq!(got.signature, sign(SECRET, &got.raw));
    assert_eq!(got.signature.len(), "sha256=".len() + 64);
    let entry = &got.json["entry"][0];
    assert_eq!(got.json["object"], "instagram");
    assert_eq!(entry["id"], page.ig_id.as_deref().unwrap());
    assert!(entry["time"].as_i64().unwrap() > 100_000_000_000);
    let element = &entry["messaging"][0];
    assert_eq!(element["recipient"]["id"], entry["id"]);
    assert_eq!(
        element["sender"]["id"],
        stage.handle.igsid(&page.page_id, "qamar_22").unwrap()
    );
    assert_eq!(element["message"], json!({ "mid": mid, "text": "Café? 🙏 a/b" }));
}

#[tokio::test]
async fn a_known_signature_stays_the_same() {
    assert_eq!(
        sign("key", b"The quick brown fox jumps over the lazy dog"),
        "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    );
}

#[tokio::test]
async fn every_kind_of_message_has_its_shape() {
    let stage = stage().await;
    let page = stage.page().page_id.clone();
    use DmKind::*;
    let rows = [
        (StoryReply, "/message/reply_to/story/id"),
        (QuickReply, "/message/quick_reply/payload"),
        (InlineReply, "/message/reply_to/mid"),
        (AdReferral, "/message/referral/ad_id"),
        (Postback, "/postback/payload"),
        (StoryMention, "/message/attachments/0/payload/url"),
        (Image, "/message/attachments/0/payload/url"),
        (IgPost, "/message/attachments/0/payload/ig_post_media_id"),
        (Ephemeral, "/message/attachments/0/type"),
        (Unsupported, "/message/is_unsupported"),
    ];
    for (index, (kind, pointer)) in rows.into_iter().enumerate() {
        let mid = stage
            .handle
            .dm(Dm::text(&page, "yuki.maps", "Hours").kind(kind))
            .unwrap();
        let element = stage.hook.wait(index + 1).await[index].messaging()[0].clone();
        assert!(
            element.pointer(pointer).is_some_and(|value| !value.is_null()),
            "{kind:?}: {element}"
        );
        let holder = if kind == Postback { "postback" } else { "message" };
        assert_eq!(element[holder]["mid"], mid);
    }
    let last = &stage.hook.received()[8].messaging()[0];
    assert_eq!(last["message"]["attachments"], json!([{ "type": "ephemeral" }]));
}

#[tokio::test]
async fn every_other_event_has_its_shape() {
    let stage = stage().await;
    let page = stage.page().page_id.clone();
    stage.customer("yuki.maps").await;
    use CustomerEvent::*;
    let rows = [
        (Reaction, "/reaction/emoji"),
        (ReactionRemoved, "/reaction/action"),
        (Read, "/read/mid"),
        (Referral, "/referral/ref"),
        (Edit, "/message_edit/num_edit"),
        (OptIn, "/optin/type"),
        (SelfMessage, "/message/is_self"),
        (PassThreadControl, "/pass_thread_control/new_owner_app_id"),
        (TakeThreadControl, "/take_thread_control/new_owner_app_id"),
        (RequestThreadControl, "/request_thread_control/requested_owner_app_id"),
    ];
    for (index, (event, pointer)) in rows.into_iter().enumerate() {
        let request = EventRequest {
            account: page.clone(),
            customer: "yuki.maps".into(),
            event,
            mid: None,
            text: Some("new words".into()),
        };
        stage.handle.event(&request).unwrap();
        let element = stage.hook.wait(index + 2).await[index + 1].messaging()[0].clone();
        assert!(element.pointer(pointer).is_some(), "{event:?}: {element}");
    }
}

#[tokio::test]
async fn unsend_human_reply_and_test_event() {
    let stage = stage().await;
    let page = stage.page().page_id.clone();
    let mid = stage.handle.dm(Dm::text(&page, "yuki.maps", "oops")).unwrap();
    stage.handle.unsend(&mid).unwrap();
    let human = stage.handle.human_reply(&page, "yuki.maps", "I am here").unwrap();
    stage.handle.test_event();
    assert!(stage.handle.settled(PATIENCE).await);
    let got = stage.hook.wait(4).await;
    let test = got.iter().find(|r| r.json["entry"][0]["id"] == "0").unwrap();
    assert_eq!(test.json["entry"][0]["changes"][0]["value"]["timestamp"], "1527459824");
    let elements: Vec<_> = got.iter().flat_map(common::Received::messaging).collect();
    assert_eq!(elements[1]["message"], json!({ "mid": mid, "is_deleted": true }));
    assert_eq!(
        elements[2]["message"],
        json!({ "mid": human, "text": "I am here", "is_echo": true })
    );
    assert!(
        stage.handle.sent().is_empty(),
        "nothing of this went through the Send API"
    );
}

#[tokio::test]
async fn standby_travels_in_its_own_array() {
    let stage = stage().await;
    let mut dm = Dm::text(&stage.page().page_id, "yuki.maps", "hello?");
    dm.options.standby = true;
    stage.handle.dm(dm).unwrap();
    let got = &stage.hook.wait(1).await[0];
    assert_eq!(got.json["entry"][0]["standby"][0]["message"]["text"], "hello?");
    assert!(got.messaging().is_empty());
}

#[tokio::test]
async fn events_of_an_account_arrive_in_order() {
    let stage = stage().await;
    let page = &stage.page().page_id;
    let sent: Vec<String> = (0..30)
        .map(|n| stage.handle.dm(Dm::text(page, "yuki.maps", format!("{n}"))).unwrap())
        .collect();
    let got = stage.hook.wait(30).await;
    let mids: Vec<String> = got
        .iter()
        .map(|r| r.messaging()[0]["message"]["mid"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(mids, sent);
}

#[tokio::test]
async fn a_refused_webhook_is_delivered_again_and_logged() {
    let stage = stage().await;
    stage.hook.answer_next(&[503, 500]);
    let mid = stage
        .handle
        .dm(Dm::text(&stage.page().page_id, "yuki.maps", "hi"))
        .unwrap();
    assert!(stage.handle.settled(PATIENCE).await);
    let got = stage.hook.received();
    assert_eq!(got.len(), 3);
    assert_eq!(got[0].raw, got[2].raw, "a retry is the same bytes");
    let record = stage.handle.deliveries().remove(0);
    assert_eq!(record.mids, vec![mid]);
    assert_eq!(record.state, DeliveryState::Delivered);
    let statuses: Vec<_> = record.attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, vec![Some(503), Some(500), Some(200)]);
}

#[tokio::test]
async fn retries_are_bounded_and_a_dead_webhook_is_noticed() {
    let stage = stage_with(|config| {
        config.echo = EchoMode::Never;
        config.webhook_url = "http://127.0.0.1:9/webhook".to_owned();
    })
    .await;
    stage
        .handle
        .dm(Dm::text(&stage.page().page_id, "yuki.maps", "hi"))
        .unwrap();
    assert!(stage.handle.settled(PATIENCE).await);
    let record = stage.handle.deliveries().remove(0);
    assert_eq!(record.state, DeliveryState::GivenUp);
    assert_eq!(record.attempts.len(), 1 + RetryPolicy::fast().delays.len());
    assert!(record.attempts.iter().all(|attempt| attempt.status.is_none()));
    assert_eq!(stage.handle.counts().given_up, 1);
}

#[tokio::test]
async fn the_same_webhook_twice() {
    let stage = stage().await;
    let page = stage.page().page_id.clone();
    stage.handle.dm(Dm::text(&page, "yuki.maps", "once").twice()).unwrap();
    let got = stage.hook.wait(2).await;
    assert_eq!(got[0].messaging(), got[1].messaging());
    stage.handle.set_mode(DeliveryMode {
        twice: true,
        ..DeliveryMode::default()
    });
    stage.handle.dm(Dm::text(&page, "yuki.maps", "again")).unwrap();
    assert_eq!(stage.hook.wait(4).await.len(), 4);
}

#[tokio::test]
async fn held_events_can_be_reversed_or_batched() {
    let stage = stage().await;
    let hold = DeliveryMode {
        hold: true,
        ..DeliveryMode::default()
    };
    let write = |account: &str, text: &str| stage.handle.dm(Dm::text(account, "yuki.maps", text)).unwrap();
    let (a, b) = (stage.pages[0].page_id.clone(), stage.pages[1].page_id.clone());
    stage.handle.set_mode(hold.clone());
    write(&a, "1");
    write(&a, "2");
    stage
        .handle
        .release(Release {
            reverse: true,
            ..Release::default()
        })
        .await;
    let texts: Vec<_> = stage
        .hook
        .received()
        .iter()
        .map(|r| r.messaging()[0]["message"]["text"].clone())
        .collect();
    assert_eq!(texts, ["2", "1"]);

    stage.handle.set_mode(hold);
    write(&a, "3");
    write(&a, "4");
    write(&b, "5");
    stage
        .handle
        .release(Release {
            one_post: true,
            ..Release::default()
        })
        .await;
    let batch = &stage.hook.received()[2];
    assert_eq!(batch.json["entry"].as_array().unwrap().len(), 2);
    assert_eq!(batch.json["entry"][0]["messaging"].as_array().unwrap().len(), 2);
    assert_eq!(batch.messaging().len(), 3);
}

#[tokio::test]
async fn a_lane_can_batch_and_reorder_what_waits() {
    let stage = stage().await;
    let page = stage.page().page_id.clone();
    let mode = DeliveryMode {
        batch: 3,
        gather_ms: 10_000,
        ..DeliveryMode::default()
    };
    stage.handle.set_mode(mode.clone());
    for text in ["1", "2", "3"] {
        stage.handle.dm(Dm::text(&page, "yuki.maps", text)).unwrap();
    }
    assert_eq!(stage.hook.wait(1).await[0].messaging().len(), 3);
    stage.handle.set_mode(DeliveryMode {
        batch: 1,
        reorder: true,
        ..mode
    });
    for text in ["4", "5"] {
        stage.handle.dm(Dm::text(&page, "yuki.maps", text)).unwrap();
    }
    let got = stage.hook.wait(3).await;
    assert_eq!(got[1].messaging()[0]["message"]["text"], "5");
    assert_eq!(got[2].messaging()[0]["message"]["text"], "4");
}

#[tokio::test]
async fn manual_mode_hands_out_signed_requests() {
    let stage = stage().await;
    stage.handle.set_mode(DeliveryMode {
        manual: true,
        ..DeliveryMode::default()
    });
    stage
        .handle
        .dm(Dm::text(&stage.page().page_id, "yuki.maps", "by hand"))
        .unwrap();
    assert!(stage.handle.settled(PATIENCE).await);
    let requests = stage.handle.take_requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].signature, sign(SECRET, &requests[0].body));
    assert_eq!(requests[0].url, stage.hook.url);
    assert!(stage.hook.received().is_empty());
    assert!(stage.handle.take_requests().is_empty());
}

#[tokio::test]
async fn the_handshake_wants_exactly_the_challenge() {
    let stage = stage().await;
    assert!(stage.handle.verify_webhook("right").await);
    assert!(!stage.handle.verify_webhook("wrong").await);
}
