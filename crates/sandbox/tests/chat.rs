//! The chat page: it renders, it works as plain forms, and it tells what Concierge did.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use common::{PATIENCE, Stage, stage, stage_with};
use futures::FutureExt;
use sandbox::{Dm, EchoMode, Explanation, Tone};

async fn page(stage: &Stage) -> String {
    let to = stage.page().username.clone().unwrap();
    let url = stage.url(&format!("/?to={to}&as=yuki.maps"));
    stage.http.get(url).send().await.unwrap().text().await.unwrap()
}

async fn post(stage: &Stage, path: &str, fields: &[(&str, &str)]) -> u16 {
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let to = stage.page().username.clone().unwrap();
    let mut form: HashMap<&str, &str> = HashMap::from([("to", to.as_str()), ("as", "yuki.maps")]);
    form.extend(fields.iter().copied());
    http.post(stage.url(path))
        .form(&form)
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn the_page_runs_under_a_strict_policy() {
    let stage = stage().await;
    let response = stage.http.get(stage.url("/")).send().await.unwrap();
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    let html = response.text().await.unwrap();
    for inline in ["style=", "<style", "onclick", "onsubmit", "onchange", "javascript:"] {
        assert!(!html.contains(inline), "{inline}");
    }
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("<h1").count(), 1);
    for file in ["/chat/tokens.css", "/chat/chat.css", "/chat/chat.js", "/chat/icon.svg"] {
        assert!(html.contains(file));
        assert_eq!(stage.http.get(stage.url(file)).send().await.unwrap().status(), 200);
    }
    for seeded in stage.pages.iter().filter_map(|page| page.username.as_deref()) {
        assert!(html.contains(&format!("<option value=\"{seeded}\"")));
    }
    assert!(!html.contains(&stage.page().token));
}

#[tokio::test]
async fn words_of_people_are_escaped() {
    let stage = stage().await;
    assert_eq!(
        post(&stage, "/chat/dm", &[("text", "<script>alert('1')</script> & \"so\"")]).await,
        303
    );
    let html = page(&stage).await;
    assert!(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so&quot;"));
    assert_eq!(html.matches("<script").count(), 1);
}

#[tokio::test]
async fn it_works_as_plain_forms() {
    let stage = stage().await;
    assert_eq!(post(&stage, "/chat/dm", &[("example", "0")]).await, 303);
    assert_eq!(post(&stage, "/chat/dm", &[("kind", "image")]).await, 303);
    assert_eq!(post(&stage, "/chat/dm", &[("text", "")]).await, 422);
    let igsid = stage.handle.igsid(&stage.page().page_id, "yuki.maps").unwrap();
    stage.send(&igsid, "From 4 euros.").await;
    assert_eq!(post(&stage, "/chat/extra", &[("what", "human")]).await, 303);
    assert!(stage.handle.settled(PATIENCE).await);
    let html = page(&stage).await;
    assert!(html.contains("From 4 euros."));
    assert!(html.contains("By a person, in the Instagram app"));
    assert!(html.contains("delivered to the webhook in"));
    let mid = &stage.handle.thread(&stage.page().page_id, "yuki.maps")[0].mid;
    assert_eq!(post(&stage, "/chat/unsend", &[("mid", mid)]).await, 303);
    assert!(page(&stage).await.contains("Write it again"));
    assert_eq!(post(&stage, "/chat/reset", &[]).await, 303);
    assert!(page(&stage).await.contains("Say something"));
}

#[tokio::test]
async fn every_trick_has_its_way_back() {
    let stage = stage().await;
    let tricks = [
        "token_expired",
        "server_error",
        "slow",
        "cut_after",
        "outside_window",
        "unsubscribed",
        "twice",
    ];
    for trick in tricks {
        post(&stage, "/chat/trick", &[("trick", trick), ("on", "true")]).await;
        let html = page(&stage).await;
        assert!(html.contains("1 trick is on"), "{trick}");
        assert_eq!(html.matches("aria-checked=\"true\"").count(), 1);
        post(&stage, "/chat/trick", &[("trick", trick), ("on", "false")]).await;
        assert!(!page(&stage).await.contains("aria-checked=\"true\""), "{trick}");
    }
}

#[tokio::test]
async fn a_message_is_explained_until_the_answer_is_final() {
    let asked = Arc::new(Mutex::new(0));
    let counter = asked.clone();
    let stage = stage_with(|config| {
        config.echo = EchoMode::Never;
        config.admin_url = Some("http://127.0.0.1:3000/admin".to_owned());
        config.explain = Some(Arc::new(move |_mid| {
            let mut times = counter.lock().unwrap();
            *times += 1;
            let answer = match *times {
                1 => None,
                2 => Some(("Composing", Tone::Wait)),
                _ => Some(("Rule 2, Prices · found 'price'", Tone::Ok)),
            };
            let answer = answer.map(|(headline, tone)| Explanation {
                headline: headline.to_owned(),
                detail: Some("1 credit · 0.3 s".to_owned()),
                tone,
            });
            async move { answer }.boxed()
        }));
    })
    .await;
    stage
        .handle
        .dm(Dm::text(&stage.page().page_id, "yuki.maps", "price?"))
        .unwrap();
    assert!(!page(&stage).await.contains("Composing"));
    // Somebody watches: the sandbox goes on asking and tells the page.
    let mut events = stage.http.get(stage.url("/sandbox/events")).send().await.unwrap();
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    let mut html = String::new();
    while !html.contains("Rule 2, Prices") {
        let event = tokio::time::timeout(PATIENCE, events.chunk())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        assert!(event.starts_with(b"event: changed") || event.starts_with(b":"));
        html = page(&stage).await;
    }
    assert!(html.contains("1 credit · 0.3 s"));
    assert!(html.contains("Back to Concierge"));
    let final_count = *asked.lock().unwrap();
    page(&stage).await;
    assert_eq!(
        *asked.lock().unwrap(),
        final_count,
        "a final answer is not asked for again"
    );
}

#[tokio::test]
async fn shutdown_ends_the_event_streams() {
    let stage = stage().await;
    let mut events = stage.http.get(stage.url("/sandbox/events")).send().await.unwrap();
    events.chunk().await.unwrap().unwrap();
    let ((), ()) = tokio::join!(stage.sandbox.shutdown(), async {
        while let Ok(Ok(Some(_))) = tokio::time::timeout(PATIENCE, events.chunk()).await {}
    });
}
