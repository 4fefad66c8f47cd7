//! `POST /{page}/messages`: what is accepted, what is refused, and what follows.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{APP, PATIENCE, SECRET, answer, code, stage, stage_with};
use reqwest::Method;
use sandbox::{Dm, EchoMode, appsecret_proof};
use serde_json::json;

#[tokio::test]
async fn an_accepted_send_is_kept_with_the_message_it_answers() {
    let stage = stage().await;
    let page = stage.page().page_id.clone();
    let mid = stage.handle.dm(Dm::text(&page, "yuki.maps", "price?")).unwrap();
    let igsid = stage.handle.igsid(&page, "yuki.maps").unwrap();
    let (status, body) = stage.send(&igsid, "€4 ☕").await;
    assert_eq!(status, 200);
    assert_eq!(body["recipient_id"], igsid.as_str());
    let sent = stage.handle.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(body["message_id"], sent[0].mid.as_str());
    assert_eq!(sent[0].answers.as_deref(), Some(mid.as_str()));
    assert_eq!(stage.handle.times_sent(&page, "yuki.maps", "€4 ☕"), 1);
    let over_http = answer(stage.http.get(stage.url("/sandbox/sent"))).await.1;
    assert_eq!(over_http[0]["mid"], body["message_id"]);
}

#[tokio::test]
async fn token_and_proof_are_checked() {
    let stage = stage().await;
    let igsid = stage.customer("yuki.maps").await;
    let (page, other) = (&stage.pages[0], &stage.pages[1]);
    let body = json!({ "recipient": { "id": igsid }, "messaging_type": "RESPONSE", "message": { "text": "a" } });
    let url = stage.url(&format!("/v26.0/{}/messages", page.page_id));
    let post = || stage.http.post(&url).json(&body);
    let proof = |token: &str| [("appsecret_proof", appsecret_proof(SECRET, token))];

    assert_eq!(code(&answer(post()).await.1), (2500, None));
    let unknown = post().bearer_auth("EAAnope").query(&proof("EAAnope"));
    assert_eq!(code(&answer(unknown).await.1), (190, None));
    let (status, without) = answer(post().bearer_auth(&page.token)).await;
    assert_eq!((status, code(&without)), (400, (100, None)));
    assert!(
        without["error"]["message"]
            .as_str()
            .unwrap()
            .contains("appsecret_proof")
    );
    let wrong = post().bearer_auth(&page.token).query(&proof("other"));
    assert_eq!(code(&answer(wrong).await.1), (100, None));
    let foreign = post().bearer_auth(&other.token).query(&proof(&other.token));
    assert_eq!(code(&answer(foreign).await.1), (100, Some(33)));
    let in_query = post()
        .query(&[("access_token", &page.token)])
        .query(&proof(&page.token));
    assert_eq!(answer(in_query).await.0, 200);
    assert_eq!(stage.handle.sent().len(), 1);
}

#[tokio::test]
async fn errors_come_in_metas_envelope() {
    let stage = stage().await;
    let (_, body) = stage.send("1234567890123456", "hello").await;
    let error = &body["error"];
    assert_eq!(error["type"], "OAuthException");
    assert_eq!(error["is_transient"], false);
    assert!(error["fbtrace_id"].as_str().unwrap().starts_with('A'));
    assert_eq!(code(&body), (100, Some(2_534_014)));
}

#[tokio::test]
async fn the_text_is_limited_in_bytes_and_must_not_be_empty() {
    let stage = stage().await;
    let igsid = stage.customer("yuki.maps").await;
    assert_eq!(stage.send(&igsid, &"é".repeat(500)).await.0, 200);
    let (status, body) = stage.send(&igsid, &"é".repeat(501)).await;
    assert_eq!((status, code(&body)), (400, (100, Some(2_534_015))));
    assert_eq!(code(&stage.send(&igsid, " ").await.1), (100, Some(2_534_015)));
}

#[tokio::test]
async fn messaging_type_is_required_and_tags_are_for_people() {
    let stage = stage().await;
    let igsid = stage.customer("yuki.maps").await;
    let page = stage.page();
    let path = format!("{}/messages", page.page_id);
    for (extra, expected) in [
        (json!({}), 400),
        (json!({ "messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE" }), 400),
        (json!({ "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT" }), 200),
        (json!({ "messaging_type": "RESPONSE" }), 200),
    ] {
        let mut body = json!({ "recipient": { "id": igsid }, "message": { "text": "hi" } });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let (status, _) = answer(stage.graph(Method::POST, page, &path).json(&body)).await;
        assert_eq!(status, expected, "{body}");
    }
}

#[tokio::test]
async fn the_window_closes_after_24_hours_of_the_sandbox_clock() {
    let stage = stage().await;
    let igsid = stage.customer("yuki.maps").await;
    stage.handle.advance_clock(23 * 3_600_000);
    assert_eq!(stage.send(&igsid, "a").await.0, 200);
    stage.handle.advance_clock(3_700_000);
    let (status, body) = stage.send(&igsid, "b").await;
    assert_eq!((status, code(&body)), (403, (10, Some(2_534_022))));
    stage
        .handle
        .dm(Dm::text(&stage.page().page_id, "yuki.maps", "still there?"))
        .unwrap();
    assert_eq!(stage.send(&igsid, "c").await.0, 200);
}

#[tokio::test]
async fn a_customer_who_never_wrote_cannot_be_written_to() {
    let stage = stage().await;
    let igsid = stage.handle.igsid(&stage.page().page_id, "oliva.verde").unwrap();
    assert_eq!(code(&stage.send(&igsid, "hello").await.1), (10, Some(2_534_022)));
}

#[tokio::test]
async fn missing_scopes_are_refused() {
    let stage = stage().await;
    let igsid = stage.customer("yuki.maps").await;
    stage
        .handle
        .set_scopes(&stage.page().page_id, &["pages_messaging"])
        .unwrap();
    let (status, body) = stage.send(&igsid, "hello").await;
    assert_eq!((status, code(&body)), (403, (200, None)));
}

#[tokio::test]
async fn the_page_without_instagram_cannot_send() {
    let stage = stage().await;
    let page = &stage.pages[2];
    let (_, body) = stage.send_as(page, "1234567890123456", "hello").await;
    assert_eq!(code(&body), (100, Some(2_534_013)));
}

#[tokio::test]
async fn the_echo_can_come_before_the_answer() {
    let stage = stage_with(|config| config.echo = EchoMode::Before).await;
    let igsid = stage.customer("yuki.maps").await;
    let (_, body) = stage.send(&igsid, "Yes.").await;
    let got = stage.hook.received();
    assert_eq!(got.len(), 2, "the echo is there when the send is answered");
    let echo = &got[1].messaging()[0];
    assert_eq!(echo["message"]["mid"], body["message_id"]);
    assert_eq!(echo["message"]["is_echo"], true);
    assert_eq!(echo["sender"]["id"], stage.page().ig_id.as_deref().unwrap());
    assert_eq!(echo["recipient"]["id"], igsid.as_str());
}

#[tokio::test]
async fn the_echo_can_come_after_the_answer_or_never() {
    let stage = stage_with(|config| config.echo = EchoMode::After).await;
    let igsid = stage.customer("yuki.maps").await;
    stage.send(&igsid, "Yes.").await;
    assert_eq!(stage.hook.wait(2).await[1].messaging()[0]["message"]["text"], "Yes.");

    let silent = common::stage().await;
    let igsid = silent.customer("yuki.maps").await;
    silent.send(&igsid, "Yes.").await;
    assert!(silent.handle.settled(PATIENCE).await);
    assert_eq!(silent.hook.received().len(), 1);
}

#[tokio::test]
async fn two_accounts_can_write_to_each_other() {
    let stage = stage().await;
    let (a, b) = (&stage.pages[0], &stage.pages[1]);
    // B writes to A; A's answer arrives at B as a customer's DM, and the other way round.
    stage
        .handle
        .dm(Dm::text(&a.page_id, b.username.as_deref().unwrap(), "hello A"))
        .unwrap();
    let b_at_a = stage.handle.igsid(&a.page_id, &b.page_id).unwrap();
    let a_at_b = stage.handle.igsid(&b.page_id, &a.page_id).unwrap();
    assert_eq!(stage.send_as(a, &b_at_a, "hello B").await.0, 200);
    let got = stage.hook.wait(2).await;
    let dm = &got[1].messaging()[0];
    assert_eq!(got[1].json["entry"][0]["id"], b.ig_id.as_deref().unwrap());
    assert_eq!(dm["sender"]["id"], a_at_b.as_str());
    assert_eq!(dm["message"]["text"], "hello B");
    assert_eq!(stage.send_as(b, &a_at_b, "how nice").await.0, 200);
    assert_eq!(
        stage.hook.wait(3).await[2].messaging()[0]["message"]["text"],
        "how nice"
    );
}

#[tokio::test]
async fn calls_are_logged_without_tokens() {
    let stage = stage().await;
    let igsid = stage.customer("yuki.maps").await;
    stage.send(&igsid, "secret words").await;
    stage.debug_token(&stage.page().token).await;
    let log = answer(stage.http.get(stage.url("/sandbox/calls"))).await.1;
    assert_eq!(log[0]["edge"], "send");
    assert_eq!(log[0]["status"], 200);
    assert_eq!(log[1]["edge"], "debug_token");
    let text = log.to_string();
    assert!(!text.contains(&stage.page().token) && !text.contains("secret words") && !text.contains(SECRET));
    assert!(!text.contains(APP));
}

#[tokio::test]
async fn a_quiet_sandbox_counts_and_forgets() {
    let stage = stage_with(|config| config.quiet = true).await;
    for number in 0..300 {
        let (status, _) = stage.send("1234567890123456", &format!("n{number}")).await;
        assert_eq!(status, 200);
    }
    stage.send("1234567890123456", "n7").await;
    let counts = stage.handle.counts();
    assert_eq!((counts.sends, counts.repeated_sends), (301, 1));
    assert_eq!(stage.handle.sent().len(), 200);
    assert_eq!(
        stage.handle.times_sent(&stage.page().page_id, "1234567890123456", "n7"),
        2
    );
    stage
        .handle
        .dm(Dm::text(&stage.page().page_id, "load-1", "hi"))
        .unwrap();
    assert!(stage.handle.settled(PATIENCE).await);
    assert_eq!(stage.hook.received().len(), 1, "DMs still arrive, echoes do not");
}
