//! What the sandbox recorded, for assertions from outside.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::handle::{SandboxHandle, Snapshot};
use crate::state::calls::CallRecord;
use crate::state::counts::Counts;
use crate::state::seed::SeededPage;
use crate::state::sent::SentMessage;
use crate::webhooks::log::DeliveryRecord;

/// Accepted sends, oldest first.
pub async fn sent(State(handle): State<SandboxHandle>) -> Json<Vec<SentMessage>> {
    Json(handle.sent())
}

/// A text to one customer.
#[derive(Deserialize)]
pub struct Pair {
    #[serde(alias = "page", alias = "page_id", alias = "ig_id")]
    account: String,
    customer: String,
    text: String,
}

/// How often one customer was sent one text.
pub async fn times(State(handle): State<SandboxHandle>, Query(pair): Query<Pair>) -> Json<Value> {
    let times = handle.times_sent(&pair.account, &pair.customer, &pair.text);
    Json(json!({ "times": times }))
}

/// Graph calls, oldest first.
pub async fn calls(State(handle): State<SandboxHandle>) -> Json<Vec<CallRecord>> {
    Json(handle.calls())
}

/// Webhook deliveries, oldest first.
pub async fn deliveries(State(handle): State<SandboxHandle>) -> Json<Vec<DeliveryRecord>> {
    Json(handle.deliveries())
}

/// Totals.
pub async fn counts(State(handle): State<SandboxHandle>) -> Json<Counts> {
    Json(handle.counts())
}

/// All lists at once.
pub async fn state(State(handle): State<SandboxHandle>) -> Json<Snapshot> {
    Json(handle.snapshot())
}

/// With tokens: they open nothing but this sandbox.
pub async fn pages(State(handle): State<SandboxHandle>) -> Json<Vec<SeededPage>> {
    Json(handle.pages())
}
