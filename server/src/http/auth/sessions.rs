//! Sessions: the cookie, how long it lasts, and who is behind it.
//!
//! 14 days without a visit or 60 days after signing in, whichever comes first. The database holds only the hash of the id.

use std::time::Duration;

use app::auth::{AuthBackend, AuthSession};
use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum_login::{AuthManagerLayer, AuthManagerLayerBuilder};
use domain::time::Timestamp;
use engine::clock::SharedClock;
use engine::connect::SessionKey;
use engine::identity::{SessionRows, viewer};
use engine::storage::Database;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration as CookieDuration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore, session_store};

use crate::http::forms::answer;

const IDLE_DAYS: i64 = 14;
/// A session is written again at most this often, to move its end.
const RENEWED_EVERY: Duration = Duration::from_secs(60 * 60);
const RENEWED_AT: &str = "renewed_at";

/// The layer that reads the session and its person.
#[must_use]
pub fn layer(rows: IdleSessions, backend: AuthBackend, secure: bool) -> AuthManagerLayer<AuthBackend, IdleSessions> {
    let cookies = SessionManagerLayer::new(rows)
        .with_name(if secure { "__Host-concierge" } else { "concierge" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(CookieDuration::days(IDLE_DAYS)));
    AuthManagerLayerBuilder::new(backend, cookies).build()
}

/// Sessions that end by our clock: the session layer alone would read the system's.
#[derive(Debug, Clone)]
pub struct IdleSessions {
    rows: SessionRows,
    clock: SharedClock,
}

impl IdleSessions {
    /// The sessions in `database`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock) -> Self {
        Self {
            rows: SessionRows::new(database, clock.clone()),
            clock,
        }
    }

    fn end(&self) -> Result<OffsetDateTime, session_store::Error> {
        let now = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.clock.now().as_millis()) * 1_000_000);
        let now = now.map_err(|_| session_store::Error::Encode("the clock is out of range".into()))?;
        Ok(now.saturating_add(CookieDuration::days(IDLE_DAYS)))
    }
}

#[async_trait]
impl SessionStore for IdleSessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        record.expiry_date = self.end()?;
        self.rows.create(record).await
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let expiry_date = self.end()?;
        self.rows
            .save(&Record {
                expiry_date,
                ..record.clone()
            })
            .await
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        self.rows.load(id).await
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.rows.delete(id).await
    }
}

/// What [`load_viewer`] needs.
#[derive(Debug, Clone)]
pub struct Viewers {
    /// Where people are.
    pub database: Database,
    /// Says when a session is renewed.
    pub clock: SharedClock,
}

/// Puts the signed-in person into the request's extensions.
pub async fn load_viewer(State(viewers): State<Viewers>, mut request: Request, next: Next) -> Response {
    let session = request.extensions().get::<Session>().cloned();
    let user = request
        .extensions()
        .get::<AuthSession>()
        .and_then(|auth| auth.user.clone());
    if let Some(user) = user {
        match viewer(&viewers.database, user.0.id).await {
            Ok(Some(viewer)) => {
                request.extensions_mut().insert(viewer);
                if let Some(id) = session.as_ref().and_then(Session::id) {
                    request.extensions_mut().insert(SessionKey::of(&id.to_string()));
                }
                renew(session, &viewers.clock).await;
            }
            Ok(None) => {}
            Err(error) => return answer::error(&error.into(), request.headers()),
        }
    }
    next.run(request).await
}

/// Moves the end of a session that is in use. A failure has no effect before the 14 days are over.
async fn renew(session: Option<Session>, clock: &SharedClock) {
    let Some(session) = session else { return };
    let now = clock.now();
    let renewed = session.get::<i64>(RENEWED_AT).await.ok().flatten().unwrap_or_default();
    if Timestamp::from_millis(renewed) + RENEWED_EVERY <= now
        && let Err(error) = session.insert(RENEWED_AT, now.as_millis()).await
    {
        tracing::debug!(%error, "a session was not renewed");
    }
}
