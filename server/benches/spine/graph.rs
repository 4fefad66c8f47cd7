//! A Graph API that accepts every send, at once or after a while, as many at a time as come, and notes when each came.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// How long Meta's own answer takes, roughly.
pub const LIKE_META: Duration = Duration::from_millis(150);

#[derive(Clone, Default)]
pub struct Graph(Arc<Inner>);

struct Inner {
    /// By recipient.
    arrived: Mutex<HashMap<String, Instant>>,
    sends: AtomicU64,
    answers_after_ms: AtomicU64,
    /// Gets a permit back with each answer.
    room: Semaphore,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            arrived: Mutex::default(),
            sends: AtomicU64::new(0),
            answers_after_ms: AtomicU64::new(0),
            room: Semaphore::new(0),
        }
    }
}

impl Graph {
    /// Starts it; returns its base address.
    pub async fn start(&self) -> String {
        let router = Router::new()
            .route("/{version}/{page}/messages", post(accept))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// How long each answer takes from now on; nothing before this is called.
    pub fn answer_after(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).expect("a short time");
        self.0.answers_after_ms.store(millis, Ordering::Relaxed);
    }

    pub fn sends(&self) -> u64 {
        self.0.sends.load(Ordering::Relaxed)
    }

    /// When this customer was answered.
    pub fn arrived(&self, recipient: &str) -> Option<Instant> {
        self.0
            .arrived
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(recipient)
            .copied()
    }

    /// How many DMs may be waiting for their answers at a time.
    pub fn room(&self) -> &Semaphore {
        &self.0.room
    }
}

async fn accept(State(graph): State<Graph>, body: Bytes) -> Json<Value> {
    let now = Instant::now();
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let recipient = request["recipient"]["id"].as_str().unwrap_or_default().to_owned();
    let number = graph.0.sends.fetch_add(1, Ordering::Relaxed);
    graph
        .0
        .arrived
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(recipient.clone(), now);
    let wait = graph.0.answers_after_ms.load(Ordering::Relaxed);
    if wait > 0 {
        tokio::time::sleep(Duration::from_millis(wait)).await;
    }
    graph.0.room.add_permits(1);
    Json(json!({ "recipient_id": recipient, "message_id": format!("m_bench_{number}") }))
}
