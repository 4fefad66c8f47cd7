//! A receiver of webhooks: an HTTP server that keeps what it got and answers as the story says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use domain::ids::UserId;
use engine::outgoing_webhooks::{WebhookSecret, signature};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Who looks after the endpoints of these stories.
pub const OWNER: UserId = UserId::from_uuid(Uuid::from_u128(0x0b0e));

/// The body of every answer.
pub const ANSWERED: &str = "zq7receiversaid";

/// What a receiver got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Got {
    pub head: String,
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        let line = |line: &&str| line.to_ascii_lowercase().starts_with(&format!("{name}: "));
        let found = self.head.lines().find(line);
        found.map_or("", |line| line[name.len() + 2..].trim())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn event(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Whether one of its signatures is that of this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let secret = WebhookSecret::parse(secret).unwrap();
        let seconds = self.header("webhook-timestamp").parse().unwrap();
        let expected = signature(&[secret], self.header("webhook-id"), seconds, &self.body);
        self.header("webhook-signature").split(' ').any(|one| one == expected)
    }
}

#[derive(Debug, Default)]
struct Shared {
    got: Mutex<Vec<Got>>,
    answers: Mutex<VecDeque<String>>,
}

#[derive(Debug)]
pub struct Receiver {
    port: u16,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::<Shared>::default();
        let serving = tokio::spawn(serve(listener, shared.clone()));
        Self { port, shared, serving }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks", self.port)
    }

    /// Its next answer: a status line, and headers behind it.
    pub fn answers(&self, head: &str) {
        self.shared.answers.lock().unwrap().push_back(head.to_owned());
    }

    /// The same answer many times.
    pub fn answers_always(&self, head: &str) {
        for _ in 0..1_000 {
            self.answers(head);
        }
    }

    /// From now on it takes everything.
    pub fn recovers(&self) {
        self.shared.answers.lock().unwrap().clear();
    }

    pub fn got(&self) -> Vec<Got> {
        self.shared.got.lock().unwrap().clone()
    }

    pub fn events(&self) -> Vec<String> {
        self.got().iter().map(Got::event).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, shared.clone()));
    }
}

/// One request of a connection, which then ends.
async fn answer(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(got) = read(&mut stream).await else { return };
    shared.got.lock().unwrap().push(got);
    let scripted = shared.answers.lock().unwrap().pop_front();
    let head = scripted.unwrap_or_else(|| "204 No Content".to_owned());
    let answer = format!(
        "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{ANSWERED}",
        ANSWERED.len()
    );
    let _ = stream.write_all(answer.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> Option<Got> {
    let mut bytes = Vec::new();
    let mut buffer = [0u8; 4_096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let got = Got {
                head: head.to_owned(),
                body: body.to_owned(),
            };
            if got.header("content-length").parse() == Ok(body.len()) {
                return Some(got);
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}
