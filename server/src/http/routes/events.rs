//! `GET /api/events`: tells open pages that something changed; they fetch it again themselves. Topics only, never content.
//!
//! Each open page asks the database once a second, so that it makes no difference which server did the change. A stream ends with its
//! session: at once when the person signs out at this server, within seconds when it ends otherwise.

use std::convert::Infallible;
use std::time::Duration;

use app::auth::AuthSession;
use app::endpoints;
use app::error::AppError;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::views::Viewer;
use engine::clock::SharedClock;
use engine::overview::{Pulse, pulse};
use engine::storage::Database;
use futures::{Stream, stream};
use http::HeaderMap;
use tokio_util::sync::CancellationToken;

use super::streams::{EventStreams, SessionCheck, Stream as Line};
use crate::http::auth::sessions::IdleSessions;
use crate::http::edge::limits::RETRY_AFTER_SECONDS;
use crate::http::forms::answer;

const POLL_INTERVAL: Duration = Duration::from_secs(1);
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// Whether the session holds is asked less often than whether something changed.
const POLLS_PER_CHECK: u32 = 5;

/// What changes are read from, and when to stop telling.
#[derive(Debug, Clone)]
pub struct EventsState {
    /// Where they happen.
    pub database: Database,
    /// Tells how long replies have waited.
    pub clock: SharedClock,
    /// A stream lasts no longer than its session.
    pub sessions: IdleSessions,
    /// Those that are open.
    pub streams: EventStreams,
    /// A stopping server ends every stream.
    pub stop: CancellationToken,
}

/// The route.
pub fn routes(state: EventsState) -> Router {
    Router::new()
        .route(endpoints::EVENTS, get(stream_events))
        .with_state(state)
}

async fn stream_events(
    State(state): State<EventsState>,
    viewer: Option<Extension<Viewer>>,
    session: Option<Extension<AuthSession>>,
    headers: HeaderMap,
) -> Response {
    let (Some(Extension(viewer)), Some(Extension(session))) = (viewer, session) else {
        return answer::error(&AppError::NotSignedIn, &headers);
    };
    let Some(check) = SessionCheck::of(&session, &viewer) else {
        return answer::error(&AppError::NotSignedIn, &headers);
    };
    let Some(line) = state.streams.open(viewer.user_id, check.session()) else {
        return answer::error(&too_many(), &headers);
    };
    let open = Open {
        state,
        viewer,
        check,
        line,
        last: None,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE_INTERVAL);
    let stream = Sse::new(change_events(open)).keep_alive(keep_alive);
    // Proxies that collect answers before they pass them on would hold every event back.
    ([("x-accel-buffering", "no")], stream).into_response()
}

/// The page stays as it is; it tells nothing of its own accord.
fn too_many() -> AppError {
    AppError::TooMany {
        retry_after_seconds: RETRY_AFTER_SECONDS,
        message: "Too many pages are open. Close some of them, then reload this one.".into(),
    }
}

/// One open stream.
struct Open {
    state: EventsState,
    viewer: Viewer,
    check: SessionCheck,
    line: Line,
    last: Option<Pulse>,
}

fn change_events(open: Open) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(open, |mut open| async move {
        let pulse = open.next_pulse().await?;
        // The first one tells the page that the line is open.
        let event = if open.last.is_none() {
            Event::default().comment("open")
        } else {
            Event::default().data("changed")
        };
        open.last = Some(pulse);
        Some((Ok(event), open))
    })
}

impl Open {
    /// The next pulse that differs from the last one; `None` when the session or the server ends.
    async fn next_pulse(&mut self) -> Option<Pulse> {
        let (mut poll, database) = (0u32, self.state.database.clone());
        loop {
            if self.last.is_some() {
                tokio::select! {
                    () = self.state.stop.cancelled() => return None,
                    () = self.line.ended() => return None,
                    () = tokio::time::sleep(POLL_INTERVAL) => {}
                }
                poll += 1;
            }
            if poll.is_multiple_of(POLLS_PER_CHECK) && poll > 0 && !self.check.holds(&self.state).await {
                return None;
            }
            match pulse(&database, self.viewer.tenant_id, self.state.clock.now()).await {
                Ok(pulse) if Some(pulse) != self.last => return Some(pulse),
                // A database that is away is asked again; pages say so themselves.
                Ok(_) => {}
                Err(_) if self.last.is_some() => {}
                Err(_) => return None,
            }
        }
    }
}
