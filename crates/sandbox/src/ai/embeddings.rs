//! `POST /v1/embeddings`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::answer::tokens;
use super::call::AiCall;
use super::chat::Turn;
use super::fault::AiFault;
use super::refuse;
use super::vectors::vector;
use crate::listener::Connection;
use crate::state::App;

/// The most that every real server takes.
const MOST_TEXTS: usize = 16;
const KNOWN_PARAMETERS: [&str; 3] = ["model", "input", "encoding_format"];

/// Answers with vectors.
pub async fn post(
    State(app): State<Arc<App>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let turn = Turn::begin(&app, AiCall::Embedding, &headers, &body);
    turn.pause().await;
    if turn.faults.contains(&AiFault::CutConnection) {
        connection.cut();
        turn.log(&app, None);
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let response = match (turn.refusal(), texts(&body)) {
        (Some(refusal), _) => refusal,
        (None, Err(reason)) => refuse::malformed(reason),
        (None, Ok(texts)) => refuse::answer(200, answer(&body, &texts, &turn.faults)),
    };
    turn.log(&app, Some(response.status()));
    response
}

fn texts(body: &Value) -> Result<Vec<&str>, &'static str> {
    let members = body.as_object().ok_or("the body must be an object")?;
    if members.keys().any(|name| !KNOWN_PARAMETERS.contains(&name.as_str())) {
        return Err("this parameter is not supported by the model");
    }
    let input = match &body["input"] {
        Value::String(text) => vec![text.as_str()],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    match input.len() {
        0 => Err("input is missing"),
        count if count > MOST_TEXTS => Err("too many texts in one request"),
        _ if input.iter().any(|text| text.is_empty()) => Err("input cannot be an empty string"),
        _ => Ok(input),
    }
}

fn answer(body: &Value, texts: &[&str], faults: &[AiFault]) -> Value {
    let has = |fault: &AiFault| faults.contains(fault);
    let item = |(index, text): (usize, &&str)| {
        let vector = vector(text);
        let embedding = if has(&AiFault::Base64Embeddings) {
            let bytes: Vec<u8> = vector.iter().flat_map(|number| number.to_le_bytes()).collect();
            json!(STANDARD.encode(bytes))
        } else if has(&AiFault::NestedEmbeddings) {
            json!([vector.iter().map(|number| number * 3.0).collect::<Vec<_>>()])
        } else {
            json!(vector)
        };
        json!({ "object": "embedding", "index": index, "embedding": embedding })
    };
    let mut data: Vec<Value> = texts.iter().enumerate().map(item).collect();
    if has(&AiFault::ShuffledEmbeddings) {
        data.reverse();
    }
    let read: u32 = texts.iter().map(|text| tokens(text)).sum();
    let mut answer = json!({ "object": "list", "model": body["model"], "data": data });
    if !has(&AiFault::NestedEmbeddings) {
        answer["usage"] = json!({ "prompt_tokens": read, "total_tokens": read });
    }
    answer
}
