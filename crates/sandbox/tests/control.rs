//! The control API over HTTP, and who may use it.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use common::{PATIENCE, answer, stage, stage_with};
use sandbox::EchoMode;
use serde_json::json;

#[tokio::test]
async fn a_conversation_over_http() {
    let stage = stage().await;
    let post = |path: &str, body: serde_json::Value| answer(stage.http.post(stage.url(path)).json(&body));
    let page = stage.page();
    let dm = json!({ "page": page.page_id, "customer": "yuki.maps", "text": "hi", "twice": true });
    let (status, made) = post("/sandbox/dm", dm).await;
    assert_eq!(status, 200);
    stage.hook.wait(2).await;
    let by_ig = json!({ "ig_id": page.ig_id, "customer": "yuki.maps", "kind": "image" });
    assert_eq!(post("/sandbox/dm", by_ig).await.0, 200);
    assert_eq!(post("/sandbox/unsend", json!({ "mid": made["mid"] })).await.0, 200);
    let human = json!({ "page": page.page_id, "customer": "yuki.maps", "text": "me again" });
    assert!(post("/sandbox/human-reply", human).await.1["mid"].is_string());
    let read = json!({ "page": page.page_id, "customer": "yuki.maps", "event": "read" });
    assert_eq!(post("/sandbox/event", read).await.0, 202);
    assert_eq!(post("/sandbox/test-event", json!({})).await.0, 202);
    stage.hook.wait(7).await;
    assert!(stage.handle.settled(PATIENCE).await);
    let (_, log) = answer(stage.http.get(stage.url("/sandbox/deliveries"))).await;
    assert_eq!(log.as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn wrong_orders_are_explained() {
    let stage = stage().await;
    let post = |body: serde_json::Value| answer(stage.http.post(stage.url("/sandbox/dm")).json(&body));
    let bare = stage.pages[2].page_id.as_str();
    for (body, status, word) in [
        (json!({ "page": "1", "customer": "c", "text": "t" }), 404, "no Page"),
        (
            json!({ "page": bare, "customer": "c", "text": "t" }),
            422,
            "no Instagram",
        ),
        (json!({ "page": stage.page().page_id, "customer": "c" }), 422, "text"),
        (
            json!({ "page": stage.page().page_id, "customer": "", "text": "t" }),
            422,
            "customer",
        ),
    ] {
        let (got, answer) = post(body).await;
        assert_eq!(got, status);
        assert!(answer["error"].as_str().unwrap().contains(word), "{answer}");
    }
    let unsend = stage
        .http
        .post(stage.url("/sandbox/unsend"))
        .json(&json!({ "mid": "m" }));
    assert_eq!(answer(unsend).await.0, 404);
}

#[tokio::test]
async fn clock_and_reset() {
    let stage = stage().await;
    stage.customer("yuki.maps").await;
    let clock = |body: serde_json::Value| answer(stage.http.post(stage.url("/sandbox/clock")).json(&body));
    assert_eq!(clock(json!({ "set_ms": 5000 })).await.1["now_ms"], 5000);
    assert_eq!(clock(json!({ "advance_ms": 10 })).await.1["now_ms"], 5010);
    assert!(clock(json!({ "reset": true })).await.1["now_ms"].as_i64().unwrap() > 1_700_000_000_000);
    stage.handle.fault(sandbox::FaultKind::TokenExpired);
    let reset = stage.http.post(stage.url("/sandbox/reset")).send().await.unwrap();
    assert_eq!(reset.status(), 204);
    let now = stage.handle.snapshot();
    assert!(now.faults.is_empty() && now.deliveries.is_empty() && now.counts.dms == 0);
    assert_eq!(
        stage.handle.pages()[0].token,
        stage.page().token,
        "seeded tokens stay the same"
    );
    stage.customer("yuki.maps").await;
    assert_eq!(stage.hook.received().len(), 2, "the webhook address is kept");
}

#[tokio::test]
async fn only_loopback_names_with_the_own_port_are_answered() {
    let stage = stage().await;
    let port = stage.sandbox.addr().port();
    let get = |host: String| {
        let request = stage.http.get(stage.url("/sandbox/sent")).header("host", host);
        async move { request.send().await.unwrap().status().as_u16() }
    };
    assert_eq!(get(format!("localhost:{port}")).await, 200);
    assert_eq!(get(format!("127.0.0.1:{port}")).await, 200);
    assert_eq!(get("localhost:1".into()).await, 403);
    assert_eq!(get(format!("evil.example:{port}")).await, 403);
}

#[tokio::test]
async fn a_foreign_origin_changes_nothing() {
    let stage = stage().await;
    let post = |origin: String| {
        let request = stage.http.post(stage.url("/sandbox/reset")).header("origin", origin);
        async move { request.send().await.unwrap().status().as_u16() }
    };
    assert_eq!(post(stage.sandbox.base_url()).await, 204);
    assert_eq!(post("http://evil.example".into()).await, 403);
    assert_eq!(post("null".into()).await, 403);
}

#[tokio::test]
async fn an_exposed_sandbox_takes_any_host_but_no_foreign_origin() {
    let stage = stage_with(|config| {
        config.expose = true;
        config.echo = EchoMode::Never;
    })
    .await;
    let post = |origin: &str| {
        let request = stage.http.post(stage.url("/sandbox/reset"));
        let request = request
            .header("host", "demo.example")
            .header("origin", origin.to_owned());
        async move { request.send().await.unwrap().status().as_u16() }
    };
    assert_eq!(post("https://demo.example").await, 204);
    assert_eq!(post("https://evil.example").await, 403);
}

#[tokio::test]
async fn shutdown_frees_the_port() {
    let stage = stage().await;
    let addr = stage.sandbox.addr();
    stage.customer("yuki.maps").await;
    stage.sandbox.shutdown().await;
    tokio::net::TcpListener::bind(addr).await.unwrap();
}

#[tokio::test]
async fn a_mistyped_address_is_no_graph_call() {
    let stage = stage().await;
    for path in ["/sandbox/snt", "/chat/nothing", "/x/debug_token"] {
        let status = stage.http.get(stage.url(path)).send().await.unwrap().status();
        assert_eq!(status, 404, "{path}");
    }
    assert!(stage.handle.calls().is_empty());
}
