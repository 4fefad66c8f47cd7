//! A webhook that remembers what it got, and a Graph client like Concierge's: both speak real HTTP.
#![expect(dead_code, reason = "each test file uses a part of it")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use sandbox::{EchoMode, RetryPolicy, Sandbox, SandboxConfig, SandboxHandle, SeededPage, appsecret_proof, sign};
use serde_json::{Value, json};
use tokio::sync::watch;

pub const APP: &str = "684771020934512";
pub const SECRET: &str = "not-a-secret-of-anything";
pub const PATIENCE: Duration = Duration::from_secs(20);

/// One POST the webhook received.
#[derive(Clone, Debug)]
pub struct Received {
    pub raw: Vec<u8>,
    pub json: Value,
    pub signature: String,
}

impl Received {
    /// All elements of `messaging[]`, entry by entry.
    pub fn messaging(&self) -> Vec<Value> {
        let entries = self.json["entry"].as_array().unwrap();
        entries
            .iter()
            .flat_map(|e| e["messaging"].as_array().cloned().unwrap_or_default())
            .collect()
    }
}

#[derive(Clone)]
pub struct Webhook {
    pub url: String,
    got: watch::Sender<Vec<Received>>,
    /// Statuses of the next answers; then 200.
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Webhook {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook/instagram", listener.local_addr().unwrap());
        let hook = Self {
            url,
            got: watch::Sender::new(Vec::new()),
            answers: Arc::default(),
        };
        let handshake = |uri: axum::http::Uri| async move {
            let query = uri.query().unwrap_or_default().to_owned();
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
            let right = value("hub.verify_token").as_deref() == Some("right");
            if right {
                value("hub.challenge").unwrap_or_default()
            } else {
                "no".to_owned()
            }
        };
        let routes = Router::new()
            .route("/webhook/instagram", post(receive).get(handshake))
            .with_state(hook.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        hook
    }

    pub fn answer_next(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }

    pub fn received(&self) -> Vec<Received> {
        self.got.borrow().clone()
    }

    pub async fn wait(&self, count: usize) -> Vec<Received> {
        let mut changes = self.got.subscribe();
        let enough = changes.wait_for(|got| got.len() >= count);
        tokio::time::timeout(PATIENCE, enough)
            .await
            .expect("webhooks in time")
            .unwrap()
            .clone()
    }
}

async fn receive(State(hook): State<Webhook>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers["x-hub-signature-256"].to_str().unwrap().to_owned();
    assert_eq!(signature, sign(SECRET, &body), "signature over the raw bytes");
    let json = serde_json::from_slice(&body).unwrap();
    hook.got.send_modify(|got| {
        got.push(Received {
            raw: body.to_vec(),
            json,
            signature,
        })
    });
    let answer = hook.answers.lock().unwrap().pop_front().unwrap_or(200);
    StatusCode::from_u16(answer).unwrap()
}

pub struct Stage {
    pub sandbox: Sandbox,
    pub handle: SandboxHandle,
    pub hook: Webhook,
    pub http: reqwest::Client,
    pub pages: Vec<SeededPage>,
}

/// A sandbox without echoes and with fast retries.
pub async fn stage() -> Stage {
    stage_with(|config| config.echo = EchoMode::Never).await
}

pub async fn stage_with(change: impl FnOnce(&mut SandboxConfig)) -> Stage {
    let hook = Webhook::start().await;
    let mut config = SandboxConfig::new(APP, SECRET).webhook_url(&hook.url);
    config.retry = RetryPolicy::fast();
    change(&mut config);
    let sandbox = Sandbox::start(config).await.unwrap();
    let handle = sandbox.handle();
    let pages = handle.pages();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    Stage {
        sandbox,
        handle,
        hook,
        http,
        pages,
    }
}

impl Stage {
    pub fn page(&self) -> &SeededPage {
        &self.pages[0]
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url())
    }

    pub fn graph(&self, method: reqwest::Method, page: &SeededPage, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, self.url(&format!("/v26.0/{path}")))
            .bearer_auth(&page.token)
            .query(&[("appsecret_proof", appsecret_proof(SECRET, &page.token))])
    }

    pub fn sending(&self, page: &SeededPage, to: &str, text: &str) -> reqwest::RequestBuilder {
        self.graph(reqwest::Method::POST, page, &format!("{}/messages", page.page_id))
            .json(&json!({
            "recipient": { "id": to }, "messaging_type": "RESPONSE", "message": { "text": text } }))
    }

    /// Status and body of a send.
    pub async fn send(&self, to: &str, text: &str) -> (u16, Value) {
        answer(self.sending(self.page(), to, text)).await
    }

    pub async fn send_as(&self, page: &SeededPage, to: &str, text: &str) -> (u16, Value) {
        answer(self.sending(page, to, text)).await
    }

    pub async fn debug_token(&self, token: &str) -> (u16, Value) {
        let query = [("input_token", token), ("access_token", &format!("{APP}|{SECRET}"))];
        answer(self.http.get(self.url("/v26.0/debug_token")).query(&query)).await
    }

    pub async fn read_thread(&self, igsid: &str) -> (u16, Value) {
        let page = self.page();
        let path = format!("{}/conversations", page.page_id);
        let fields = "messages.limit(10){id,created_time,from,to,message}";
        let query = [("platform", "instagram"), ("user_id", igsid), ("fields", fields)];
        answer(self.graph(reqwest::Method::GET, page, &path).query(&query)).await
    }

    /// A customer who has just written; returns the IGSID.
    pub async fn customer(&self, handle: &str) -> String {
        let page = &self.page().page_id;
        self.handle.dm(sandbox::Dm::text(page, handle, "hi")).unwrap();
        assert!(self.handle.settled(PATIENCE).await);
        self.handle.igsid(page, handle).unwrap()
    }
}

pub async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}

/// (code, subcode) of an error body.
pub fn code(body: &Value) -> (u64, Option<u64>) {
    (
        body["error"]["code"].as_u64().unwrap(),
        body["error"]["error_subcode"].as_u64(),
    )
}
