//! `GET /api/v1/events`: what changed, as topics and never as content; a program fetches the resource itself.
//!
//! An event's id is the state that was told. A program that comes back with `Last-Event-ID` hears what changed since, whichever server it
//! reaches and however long it was away.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::ids::ApiKeyId;
use engine::api_keys::{ApiCaller, holds_still};
use engine::overview::{Pulse, Topic, pulse};
use futures::{Stream, stream};
use http::HeaderMap;

use crate::api::input::Params;
use crate::api::problem::Problem;
use crate::api::state::ApiState;
use crate::http::edge::limits::RETRY_AFTER_SECONDS;

const POLL_INTERVAL: Duration = Duration::from_secs(1);
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// Whether the key holds is asked less often than whether something changed.
const POLLS_PER_CHECK: u32 = 5;
/// Event streams of one key.
pub const STREAMS_PER_KEY: usize = 4;

/// The streams that are open at this server, by key.
#[derive(Debug, Clone, Default)]
pub struct KeyStreams {
    open: Arc<Mutex<HashMap<ApiKeyId, usize>>>,
}

/// One of them, until it is dropped.
#[derive(Debug)]
struct Line {
    streams: KeyStreams,
    key: ApiKeyId,
}

impl KeyStreams {
    fn open(&self, key: ApiKeyId) -> Option<Line> {
        let mut open = self.table();
        let theirs = open.entry(key).or_default();
        if *theirs >= STREAMS_PER_KEY {
            return None;
        }
        *theirs += 1;
        drop(open);
        Some(Line {
            streams: self.clone(),
            key,
        })
    }

    fn table(&self) -> MutexGuard<'_, HashMap<ApiKeyId, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let mut open = self.streams.table();
        if let Some(theirs) = open.get_mut(&self.key) {
            *theirs -= 1;
            if *theirs == 0 {
                open.remove(&self.key);
            }
        }
    }
}

/// Tells what changed: `event: changed` with topics such as `rules messages`, and an id for `Last-Event-ID`.
#[utoipa::path(get, path = "/api/v1/events", tag = "Events", operation_id = "streamEvents",
    params(("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was heard")),
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub async fn stream_events(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.finish()?;
    let last = match headers.get("last-event-id") {
        None => None,
        Some(id) => Some(
            id.to_str()
                .ok()
                .and_then(|id| id.parse().ok())
                .ok_or_else(|| Problem::invalid("Last-Event-ID", "Use the id of an event as it was sent."))?,
        ),
    };
    let Some(line) = api.streams.open(caller.key) else {
        let sentence = "Too many streams of this key are open. Close one of them first.";
        return Err(Problem::too_many(RETRY_AFTER_SECONDS, sentence));
    };
    let open = Open {
        api,
        caller,
        last,
        begun: false,
        _line: line,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE_INTERVAL);
    let stream = Sse::new(events(open)).keep_alive(keep_alive);
    // Proxies that collect answers before they pass them on would hold every event back.
    Ok(([("x-accel-buffering", "no")], stream).into_response())
}

struct Open {
    api: ApiState,
    caller: ApiCaller,
    /// The state that the program knows.
    last: Option<Pulse>,
    begun: bool,
    _line: Line,
}

fn events(open: Open) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(open, |mut open| async move {
        let (pulse, topics) = open.next_change().await?;
        open.last = Some(pulse);
        let event = Event::default().id(pulse.to_string());
        let event = match topics.is_empty() {
            // The first one says that the line is open, and from where to go on.
            true => event.event("open").data("open"),
            false => event.event("changed").data(words(&topics)),
        };
        Some((Ok(event), open))
    })
}

fn words(topics: &[Topic]) -> String {
    let words: Vec<&str> = topics.iter().map(|topic| topic.as_str()).collect();
    words.join(" ")
}

impl Open {
    /// The next state with what is new about it; `None` when the key or the server ends.
    async fn next_change(&mut self) -> Option<(Pulse, Vec<Topic>)> {
        let mut polls = 0u32;
        loop {
            if std::mem::replace(&mut self.begun, true) {
                tokio::select! {
                    () = self.api.stop.cancelled() => return None,
                    () = tokio::time::sleep(POLL_INTERVAL) => {}
                }
                polls += 1;
                if polls.is_multiple_of(POLLS_PER_CHECK) && !self.key_holds().await {
                    return None;
                }
                // A database that is away is asked again.
                let Ok(now) = self.pulse().await else { continue };
                match self.last.map(|last| now.topics_since(&last)) {
                    Some(topics) if topics.is_empty() => {}
                    topics => return Some((now, topics.unwrap_or_default())),
                }
            } else {
                let now = self.pulse().await.ok()?;
                let topics = self.last.map(|last| now.topics_since(&last)).unwrap_or_default();
                return Some((now, topics));
            }
        }
    }

    async fn pulse(&self) -> Result<Pulse, engine::storage::StorageError> {
        pulse(
            self.api.engine.database(),
            self.caller.tenant,
            self.api.engine.clock().now(),
        )
        .await
    }

    /// A database that is away says nothing about it.
    async fn key_holds(&self) -> bool {
        let now = self.api.engine.clock().now();
        holds_still(self.api.engine.database(), self.caller.key, now)
            .await
            .unwrap_or(true)
    }
}
