//! The chat page without Concierge: a parrot behind the webhook answers through the Graph API.
//! For working on the page: `cargo run -p sandbox --example parrot`, then open the address it prints
//! (`-- 127.0.0.1:3100` for a fixed one).

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::routing::post;
use axum::{Json, Router};
use futures::FutureExt;
use sandbox::{Explanation, Sandbox, SandboxConfig, SandboxHandle, Tone, appsecret_proof};
use serde_json::{Value, json};

const SECRET: &str = "parrot";
type Notes = Arc<Mutex<HashMap<String, Explanation>>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let notes = Notes::default();
    let mut config =
        SandboxConfig::new("684771020934512", SECRET).webhook_url(format!("http://{}/", listener.local_addr()?));
    if let Some(listen) = std::env::args().nth(1) {
        config.listen = listen.parse()?;
    }
    config.admin_url = Some("http://127.0.0.1:3000/admin".to_owned());
    let known = notes.clone();
    config.explain = Some(Arc::new(move |mid| {
        let note = known.lock().unwrap_or_else(PoisonError::into_inner).get(&mid).cloned();
        async move { note }.boxed()
    }));
    let sandbox = Sandbox::start(config).await?;
    println!("{}", sandbox.base_url());
    let parrot = Parrot {
        handle: sandbox.handle(),
        base: sandbox.base_url(),
        notes,
    };
    let hook = move |Json(body): Json<Value>| {
        let parrot = parrot.clone();
        async move {
            for event in body["entry"][0]["messaging"].as_array().into_iter().flatten() {
                tokio::spawn(parrot.clone().answer(event.clone()));
            }
        }
    };
    axum::serve(listener, Router::new().route("/", post(hook))).await?;
    Ok(())
}

#[derive(Clone)]
struct Parrot {
    handle: SandboxHandle,
    base: String,
    notes: Notes,
}

impl Parrot {
    async fn answer(self, event: Value) {
        let message = &event["message"];
        let (Some(mid), None) = (message["mid"].as_str(), message["is_echo"].as_bool()) else {
            return;
        };
        let Some(text) = message["text"].as_str() else {
            self.note(mid, Tone::Warn, "Not answered: no words to match");
            return;
        };
        self.note(mid, Tone::Wait, "Composing · attempt 1 · 1 credit reserved");
        tokio::time::sleep(Duration::from_millis(900)).await;
        let account = event["recipient"]["id"].as_str();
        let pages = self.handle.pages();
        let Some(page) = pages.iter().find(|page| page.ig_id.as_deref() == account) else {
            return;
        };
        let sent = reqwest::Client::builder()
            .timeout(std::time::Duration::from_secs(10))
            .build()
            .expect("a client")
            .post(format!("{}/v26.0/{}/messages", self.base, page.page_id))
            .bearer_auth(&page.token)
            .query(&[("appsecret_proof", appsecret_proof(SECRET, &page.token))])
            .timeout(Duration::from_secs(10))
            .json(&json!({ "recipient": event["sender"], "messaging_type": "RESPONSE",
                           "message": { "text": format!("You said: {text}") } }))
            .send()
            .await;
        match sent {
            Ok(answer) if answer.status() == 200 => {
                self.note(mid, Tone::Ok, "Rule 2, Prices · found “price” · 1 credit · 0.9 s");
            }
            Ok(answer) => self.note(mid, Tone::Warn, &format!("Waiting: Meta answered {}", answer.status())),
            Err(_) => self.note(
                mid,
                Tone::Bad,
                "Failed: Meta never confirmed the reply. Credit given back",
            ),
        }
    }

    fn note(&self, mid: &str, tone: Tone, headline: &str) {
        let note = Explanation {
            headline: headline.to_owned(),
            detail: None,
            tone,
        };
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(mid.to_owned(), note);
    }
}
