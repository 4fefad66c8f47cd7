//! `GET /sandbox/events`: says that something changed, never what; the page fetches itself again.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use tokio_stream::wrappers::WatchStream;

use crate::handle::SandboxHandle;

/// One event per change.
pub async fn events(State(handle): State<SandboxHandle>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stop = handle.app.stop.clone().cancelled_owned();
    let changes = WatchStream::new(handle.app.watch())
        .map(|tick| Ok(Event::default().event("changed").data(tick.to_string())))
        .take_until(stop);
    Sse::new(changes).keep_alive(KeepAlive::default())
}
