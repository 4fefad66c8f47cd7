//! The event streams that are open: so many per person, and none longer than its session.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::auth::AuthSession;
use app::endpoints;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_login::AuthUser;
use domain::ids::UserId;
use domain::views::Viewer;
use engine::identity::{authenticated_user, viewer};
use http::Method;
use tokio_util::sync::CancellationToken;
use tower_sessions::session::Id;
use tower_sessions::{Session, SessionStore};

use super::events::EventsState;
use crate::http::edge::limits::STREAMS_PER_PERSON;

/// After these a session is another one, or none.
const SESSION_ENDS: [&str; 3] = [endpoints::SIGN_OUT, endpoints::SIGN_IN, endpoints::CHANGE_PASSWORD];

/// All streams of this server.
#[derive(Debug, Clone, Default)]
pub struct EventStreams {
    table: Arc<Mutex<Table>>,
}

#[derive(Debug, Default)]
struct Table {
    next: u64,
    people: HashMap<UserId, HashMap<u64, Row>>,
}

#[derive(Debug)]
struct Row {
    session: Id,
    end: CancellationToken,
}

/// One of them, until it is dropped.
#[derive(Debug)]
pub struct Stream {
    streams: EventStreams,
    user: UserId,
    id: u64,
    end: CancellationToken,
}

impl EventStreams {
    /// A stream of this person; none when they have too many.
    #[must_use]
    pub fn open(&self, user: UserId, session: Id) -> Option<Stream> {
        let mut table = self.table();
        let id = table.next;
        table.next += 1;
        let theirs = table.people.entry(user).or_default();
        if theirs.len() >= STREAMS_PER_PERSON {
            return None;
        }
        let end = CancellationToken::new();
        theirs.insert(
            id,
            Row {
                session,
                end: end.clone(),
            },
        );
        drop(table);
        Some(Stream {
            streams: self.clone(),
            user,
            id,
            end,
        })
    }

    /// Ends those of a session.
    pub fn end_session(&self, session: Id) {
        for row in self.table().people.values().flat_map(HashMap::values) {
            if row.session == session {
                row.end.cancel();
            }
        }
    }

    /// How many are open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.table().people.values().map(HashMap::len).sum()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream {
    /// Waits until its session has ended.
    pub async fn ended(&self) {
        self.end.cancelled().await;
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut table = self.streams.table();
        if let Some(theirs) = table.people.get_mut(&self.user) {
            theirs.remove(&self.id);
            if theirs.is_empty() {
                table.people.remove(&self.user);
            }
        }
    }
}

/// What has to stay as it was when the stream began.
#[derive(Debug, Clone)]
pub(super) struct SessionCheck {
    session: Id,
    fingerprint: Vec<u8>,
    viewer: Viewer,
}

impl SessionCheck {
    pub(super) fn of(session: &AuthSession, viewer: &Viewer) -> Option<Self> {
        Some(Self {
            session: session.session.id()?,
            fingerprint: session.user.as_ref()?.session_auth_hash().to_vec(),
            viewer: viewer.clone(),
        })
    }

    pub(super) fn session(&self) -> Id {
        self.session
    }

    /// Whether session, password and membership are still the same. A database that is away says nothing about them.
    pub(super) async fn holds(&self, state: &EventsState) -> bool {
        let user = self.viewer.user_id;
        let Ok(session) = state.sessions.load(&self.session).await else {
            return true;
        };
        let Ok(now) = authenticated_user(&state.database, user).await else {
            return true;
        };
        let Ok(viewer) = viewer(&state.database, user).await else {
            return true;
        };
        session.is_some()
            && now.is_some_and(|now| now.password_fingerprint == self.fingerprint)
            && viewer.is_some_and(|viewer| viewer.tenant_id == self.viewer.tenant_id)
    }
}

/// Ends the streams of a session that a request ends.
pub async fn end_streams(State(streams): State<EventStreams>, request: Request, next: Next) -> Response {
    let ends = request.method() == Method::POST && SESSION_ENDS.contains(&request.uri().path());
    let session = request.extensions().get::<Session>().filter(|_| ends).cloned();
    let before = session.as_ref().and_then(Session::id);
    let response = next.run(request).await;
    if let (Some(session), Some(before)) = (session, before)
        && session.id() != Some(before)
    {
        streams.end_session(before);
    }
    response
}
