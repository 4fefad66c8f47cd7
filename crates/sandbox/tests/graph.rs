//! The reading edges: conversations, debug_token, profile, Page, subscribed_apps.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{APP, answer, code, stage};
use reqwest::Method;
use sandbox::{Dm, DmKind};
use serde_json::json;

#[tokio::test]
async fn a_thread_reads_newest_first_with_both_sides() {
    let stage = stage().await;
    let page = stage.page().clone();
    let igsid = stage.customer("yuki.maps").await;
    let sent = stage.send(&igsid, "hello 👋").await.1;
    let (status, body) = stage.read_thread(&igsid).await;
    assert_eq!(status, 200);
    let messages = body["data"][0]["messages"]["data"].as_array().unwrap();
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0]["id"], sent["message_id"]);
    assert_eq!(messages[0]["message"], "hello 👋");
    assert_eq!(messages[0]["from"]["id"], page.ig_id.as_deref().unwrap());
    assert_eq!(messages[0]["from"]["username"], page.username.as_deref().unwrap());
    assert_eq!(messages[0]["to"]["data"][0]["id"], igsid.as_str());
    assert_eq!(messages[1]["from"], json!({ "username": "yuki.maps", "id": igsid }));
    let time = messages[0]["created_time"].as_str().unwrap();
    assert!(
        time.len() == "2026-11-22T14:26:03+0000".len() && time.ends_with("+0000"),
        "{time}"
    );
}

#[tokio::test]
async fn times_are_whole_seconds_of_the_sandbox_clock() {
    let stage = stage().await;
    stage.handle.freeze_clock(1_795_403_720_981);
    let igsid = stage.customer("yuki.maps").await;
    let (_, body) = stage.read_thread(&igsid).await;
    assert_eq!(
        body["data"][0]["messages"]["data"][0]["created_time"],
        "2026-11-23T03:15:20+0000"
    );
    stage.handle.freeze_clock(951_782_400_000);
    stage.customer("yuki.maps").await;
    let (_, body) = stage.read_thread(&igsid).await;
    assert_eq!(
        body["data"][0]["messages"]["data"][0]["created_time"],
        "2000-02-29T00:00:00+0000"
    );
}

#[tokio::test]
async fn limits_unsent_messages_and_unknown_threads() {
    let stage = stage().await;
    let page = stage.page().clone();
    let igsid = stage.customer("yuki.maps").await;
    let mut mids = Vec::new();
    for n in 0..25 {
        mids.push(
            stage
                .handle
                .dm(Dm::text(&page.page_id, "yuki.maps", format!("{n}")))
                .unwrap(),
        );
    }
    let path = format!("{}/conversations", page.page_id);
    let read = |fields: &str| {
        let query = [
            ("platform", "instagram"),
            ("user_id", igsid.as_str()),
            ("fields", fields),
        ];
        answer(stage.graph(Method::GET, &page, &path).query(&query))
    };
    let count = |body: &serde_json::Value| body["data"][0]["messages"]["data"].as_array().unwrap().len();
    assert_eq!(count(&read("messages.limit(5){id}").await.1), 5);
    assert_eq!(count(&read("messages{id,message}").await.1), 20);
    let (status, body) = read("messages.limit(50){id}").await;
    assert_eq!((status, code(&body)), (500, (1, None)));
    stage.handle.unsend(mids.last().unwrap()).unwrap();
    let newest = &read("messages.limit(1){id,message}").await.1["data"][0]["messages"]["data"][0];
    assert_eq!(newest["message"], "23");
    assert_eq!(
        read("id,updated_time").await.1["data"][0]["messages"],
        serde_json::Value::Null
    );
    assert_eq!(stage.read_thread("1234567890123456").await.1, json!({ "data": [] }));
}

#[tokio::test]
async fn debug_token_describes_the_page_token() {
    let stage = stage().await;
    let page = stage.page();
    let (status, body) = stage.debug_token(&page.token).await;
    let data = &body["data"];
    assert_eq!(status, 200);
    assert_eq!((&data["is_valid"], &data["expires_at"]), (&json!(true), &json!(0)));
    assert_eq!(data["profile_id"], page.page_id.as_str());
    assert_eq!(data["app_id"], APP);
    assert!(
        data["scopes"]
            .as_array()
            .unwrap()
            .contains(&json!("instagram_manage_messages"))
    );
    let unknown = stage.debug_token("EAAnope").await;
    assert_eq!((unknown.0, &unknown.1["data"]["is_valid"]), (200, &json!(false)));
    let not_app = [("input_token", &page.token), ("access_token", &page.token)];
    let refused = answer(stage.http.get(stage.url("/v26.0/debug_token")).query(&not_app)).await;
    assert_eq!(code(&refused.1), (190, None));
}

#[tokio::test]
async fn tokens_can_die_be_renewed_and_expire() {
    let stage = stage().await;
    let page = stage.page().clone();
    let igsid = stage.customer("yuki.maps").await;
    stage.handle.set_token_dead(&page.page_id, Some(460)).unwrap();
    assert_eq!(code(&stage.send(&igsid, "a").await.1), (190, Some(460)));
    assert_eq!(stage.debug_token(&page.token).await.1["data"]["error"]["subcode"], 460);
    let fresh = stage.handle.rotate_token(&page.page_id).unwrap();
    assert_ne!(fresh, page.token);
    assert_eq!(stage.send(&igsid, "a").await.0, 401, "the old one stays dead");
    let renewed = stage.handle.pages().remove(0);
    assert_eq!(stage.send_as(&renewed, &igsid, "a").await.0, 200);
    stage
        .handle
        .set_expiry(&page.page_id, 1_800_000_000, 1_800_000_001)
        .unwrap();
    assert_eq!(stage.debug_token(&fresh).await.1["data"]["expires_at"], 1_800_000_000);
}

#[tokio::test]
async fn profile_and_page() {
    let stage = stage().await;
    let page = stage.page().clone();
    let igsid = stage.customer("yuki.maps").await;
    let (_, profile) = answer(stage.graph(Method::GET, &page, &igsid)).await;
    assert_eq!(profile["username"], "yuki.maps");
    let foreign = stage.handle.igsid(&stage.pages[1].page_id, "yuki.maps").unwrap();
    assert_ne!(foreign, igsid, "an id is valid for one account");
    assert_eq!(
        code(&answer(stage.graph(Method::GET, &page, &foreign)).await.1),
        (100, Some(33))
    );
    let (_, about) = answer(stage.graph(Method::GET, &page, &page.page_id)).await;
    assert_eq!(
        about["instagram_business_account"]["id"],
        page.ig_id.as_deref().unwrap()
    );
    let (_, bare) = answer(stage.graph(Method::GET, &stage.pages[2], &stage.pages[2].page_id)).await;
    assert!(bare.get("instagram_business_account").is_none());
}

#[tokio::test]
async fn subscribing_replaces_and_rejects_unknown_names() {
    let stage = stage().await;
    let page = stage.page().clone();
    let path = format!("{}/subscribed_apps", page.page_id);
    let call = |method| stage.graph(method, &page, &path);
    let post = |fields: &str| answer(call(Method::POST).query(&[("subscribed_fields", fields)]));
    let (status, body) = post("messages,messaging_seen").await;
    assert_eq!((status, code(&body)), (400, (100, None)));
    assert!(
        body["error"]["message"]
            .as_str()
            .unwrap()
            .contains(r#"got "messaging_seen""#)
    );
    assert_eq!(post("messages,message_reads").await.1["success"], true);
    let (_, body) = answer(call(Method::GET)).await;
    assert_eq!(
        body["data"][0]["subscribed_fields"],
        json!(["messages", "message_reads"])
    );
    assert_eq!(body["data"][0]["id"], APP);
    let form = call(Method::POST).form(&[("subscribed_fields", "messages")]);
    assert_eq!(answer(form).await.1["success"], true);
    assert_eq!(answer(call(Method::DELETE)).await.1["success"], true);
    assert_eq!(answer(call(Method::GET)).await.1["data"], json!([]));
    stage
        .handle
        .dm(Dm::text(&page.page_id, "yuki.maps", "lost").kind(DmKind::Text))
        .unwrap();
    assert_eq!(stage.handle.deliveries()[0].state, sandbox::DeliveryState::Dropped);
    stage
        .handle
        .set_scopes(&page.page_id, &["pages_manage_metadata"])
        .unwrap();
    let (status, body) = post("messages").await;
    assert_eq!((status, code(&body)), (403, (200, None)));
}
