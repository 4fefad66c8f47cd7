//! `POST /v1/chat/completions`.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::call::{AiCall, AiRequest};
use super::fault::AiFault;
use super::reply::Action;
use super::request::ChatRequest;
use super::{answer, injection, judge, other, prepared, refuse, reply};
use crate::listener::Connection;
use crate::state::App;

/// Answers a chat.
pub async fn post(
    State(app): State<Arc<App>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let request = ChatRequest::read(&body);
    let call = request.as_ref().map_or(AiCall::Other, ChatRequest::call);
    let turn = Turn::begin(&app, call, &headers, &body);
    turn.pause().await;
    if turn.faults.contains(&AiFault::CutConnection) {
        connection.cut();
        turn.log(&app, None);
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let response = match (turn.refusal(), request) {
        (Some(refusal), _) => refusal,
        (None, Err(reason)) => refuse::malformed(&reason),
        (None, Ok(request)) => complete(&app, &request, &turn),
    };
    turn.log(&app, Some(response.status()));
    response
}

fn complete(app: &App, request: &ChatRequest<'_>, turn: &Turn) -> Response {
    if let Some(refusal) = turn
        .faults
        .iter()
        .find_map(|fault| refuse::by_parameter(fault, request))
    {
        return refusal;
    }
    let Some(content) = content(app, request, turn) else {
        return refuse::malformed("there is no text to judge");
    };
    refuse::answer(200, answer::body(request, &content, &turn.faults, turn.id))
}

fn content(app: &App, request: &ChatRequest<'_>, turn: &Turn) -> Option<String> {
    let system = seen_of(request.system, &turn.faults);
    match turn.call {
        AiCall::Reply => {
            let scripted = app.change(|world| world.ai.next_replies.pop_front());
            Some(scripted.unwrap_or_else(|| written(app, system, request.user)))
        }
        AiCall::Judge => judge::verdict(request.user, app.world().ai.judge),
        AiCall::Embedding | AiCall::Other => Some(other::content(&ChatRequest { system, ..*request })),
    }
}

fn written(app: &App, system: &str, message: &str) -> String {
    if let Some(answer) = app.world().ai.prepared.get(message.trim()) {
        return reply::json(&prepared::filled(answer, system), Action::None);
    }
    let (words, action) = reply::compose(system, message);
    let obeyed = app
        .world()
        .ai
        .obeys_customers
        .then(|| injection::obey(system, message))
        .flatten();
    reply::json(&obeyed.unwrap_or(words), action)
}

/// What is left of the system message when the front is cut off.
fn seen_of<'a>(system: &'a str, faults: &[AiFault]) -> &'a str {
    let cut = faults.iter().find_map(|fault| match fault {
        AiFault::SilentTruncation { tokens } => Some(*tokens as usize * 4),
        _ => None,
    });
    let start = cut.map_or(0, |bytes| system.len().saturating_sub(bytes));
    let start = (start..=system.len()).find(|place| system.is_char_boundary(*place));
    start.map_or("", |start| &system[start..])
}

/// One call under the faults that were on when it came in.
pub struct Turn {
    /// What it is for.
    pub call: AiCall,
    /// Those that meet it.
    pub faults: Vec<AiFault>,
    /// Counts up.
    pub id: u64,
    key_header: Option<String>,
    body: Value,
}

impl Turn {
    /// Takes the faults for a call.
    pub fn begin(app: &App, call: AiCall, headers: &HeaderMap, body: &Value) -> Self {
        let key = ["authorization", "api-key", "x-api-key"]
            .into_iter()
            .find(|name| headers.contains_key(*name));
        let (faults, id) = app.change(|world| {
            world.ai.calls += 1;
            (world.ai.faults.take(call), world.ai.calls)
        });
        Self {
            call,
            faults,
            id,
            key_header: key.map(str::to_owned),
            body: body.clone(),
        }
    }

    /// Waits as long as a slow provider.
    pub async fn pause(&self) {
        for fault in &self.faults {
            if let AiFault::Slow { ms } = fault {
                tokio::time::sleep(Duration::from_millis(*ms)).await;
            }
        }
    }

    /// What the first fault that refuses makes of it.
    pub fn refusal(&self) -> Option<Response> {
        self.faults.iter().find_map(refuse::by_fault)
    }

    /// Keeps what came in and how it was answered.
    pub fn log(self, app: &App, status: Option<StatusCode>) {
        app.change(|world| {
            let at_ms = world.now_ms();
            world.ai.requests.push(AiRequest {
                call: self.call,
                body: self.body,
                key_header: self.key_header,
                status: status.map(|status| status.as_u16()),
                fault: self.faults.first().map(AiFault::name),
                at_ms,
            });
        });
    }
}
