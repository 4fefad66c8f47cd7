//! `GET /api/events`: tells open pages that something changed; they fetch it again themselves. Topics only, never content.
//!
//! Each open page asks the database once a second, so that it makes no difference which server did the change.

use std::convert::Infallible;
use std::time::Duration;

use app::endpoints;
use app::error::AppError;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::ids::TenantId;
use domain::views::Viewer;
use engine::overview::{Pulse, pulse};
use engine::storage::Database;
use futures::{Stream, stream};
use http::HeaderMap;
use tokio_util::sync::CancellationToken;

use crate::http::forms::answer;

const POLL_INTERVAL: Duration = Duration::from_secs(1);
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// What changes are read from, and when to stop telling.
#[derive(Debug, Clone)]
pub struct EventsState {
    /// Where they happen.
    pub database: Database,
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
    headers: HeaderMap,
) -> Response {
    let Some(Extension(viewer)) = viewer else {
        return answer::error(&AppError::NotSignedIn, &headers);
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE_INTERVAL);
    let stream = Sse::new(change_events(state, viewer.tenant_id)).keep_alive(keep_alive);
    // Proxies that collect answers before they pass them on would hold every event back.
    ([("x-accel-buffering", "no")], stream).into_response()
}

fn change_events(state: EventsState, tenant: TenantId) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((state, None), move |(state, last)| async move {
        let pulse = next_pulse(&state, tenant, last).await?;
        // The first one tells the page that the line is open.
        let event = if last.is_none() {
            Event::default().comment("open")
        } else {
            Event::default().data("changed")
        };
        Some((Ok(event), (state, Some(pulse))))
    })
}

/// The next pulse that differs from `last`; `None` when the server stops.
async fn next_pulse(state: &EventsState, tenant: TenantId, last: Option<Pulse>) -> Option<Pulse> {
    loop {
        if last.is_some() {
            tokio::select! {
                () = state.stop.cancelled() => return None,
                () = tokio::time::sleep(POLL_INTERVAL) => {}
            }
        }
        match pulse(&state.database, tenant).await {
            Ok(pulse) if Some(pulse) != last => return Some(pulse),
            // A database that is away is asked again; pages say so themselves.
            Ok(_) => {}
            Err(_) if last.is_some() => {}
            Err(_) => return None,
        }
    }
}
