//! The flash in the session: written by a form that was posted plainly, read once by the page it goes back to.

use std::time::Duration;

use app::error::AppError;
use app::flash::{FORM_FIELD, Flash, Notice, PageFlash};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::time::Timestamp;
use engine::clock::SharedClock;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

const KEY: &str = "flash";
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Room for the file of a whole reply config at its limits and, twice as long, what it would change.
const MAX_BYTES: usize = 24 * 1024 * 1024;
/// Parts of field names whose values are never kept.
const SECRET_NAMES: [&str; 6] = ["password", "secret", "token", "code", "current", "new"];

/// What a form leaves for the next page.
#[derive(Debug)]
pub struct NewFlash(PageFlash);

impl NewFlash {
    /// The failure with what was typed, or the notice of a success.
    #[must_use]
    pub fn new(
        form_id: String,
        fields: Vec<(String, String)>,
        error: Option<AppError>,
        notice: Option<String>,
    ) -> Self {
        let keep = |name: &str| name != FORM_FIELD && !SECRET_NAMES.iter().any(|secret| is_part(name, secret));
        let fields = fields.into_iter().filter(|(name, _)| keep(name)).collect();
        let saved = notice.filter(|_| error.is_none()).map(|message| Notice {
            form_id: form_id.clone(),
            message,
        });
        let failed = error.map(|error| Flash { form_id, fields, error });
        Self(PageFlash { failed, saved })
    }
}

/// `new_password` holds the part `new`, `news` does not.
fn is_part(name: &str, part: &str) -> bool {
    name.split(|character: char| !character.is_ascii_alphanumeric())
        .any(|piece| piece.eq_ignore_ascii_case(part))
}

#[derive(Serialize, Deserialize)]
struct StoredFlash {
    path: String,
    until: i64,
    flash: PageFlash,
}

/// The flashes of all sessions.
#[derive(Clone, Debug)]
pub struct FlashStore {
    clock: SharedClock,
}

impl FlashStore {
    /// Flashes age by `clock`.
    #[must_use]
    pub fn new(clock: SharedClock) -> Self {
        Self { clock }
    }

    /// Keeps the flash for the page `target`. A session that cannot be written costs the words, never the answer.
    pub async fn store(&self, session: Option<Session>, target: &str, NewFlash(flash): NewFlash) {
        let Some(session) = session.filter(|_| flash != PageFlash::default()) else {
            return;
        };
        let path = target.split(['?', '#']).next().unwrap_or_default().to_owned();
        let until = (self.clock.now() + LIFETIME).as_millis();
        let kept = StoredFlash {
            path,
            until,
            flash: within_limit(flash),
        };
        if let Err(error) = session.insert(KEY, kept).await {
            tracing::warn!(%error, "a form's words could not be kept");
        }
    }

    async fn take(&self, session: &Session, path: &str) -> Option<PageFlash> {
        let kept = session.get::<StoredFlash>(KEY).await.ok().flatten()?;
        let expired = Timestamp::from_millis(kept.until) <= self.clock.now();
        if !expired && kept.path != path {
            return None;
        }
        session.remove::<StoredFlash>(KEY).await.ok();
        (!expired).then_some(kept.flash)
    }
}

/// What is larger keeps neither its words nor what was made of them: a preview without its file could be confirmed, and do nothing.
fn within_limit(mut flash: PageFlash) -> PageFlash {
    let size = serde_json::to_vec(&flash).map_or(usize::MAX, |json| json.len());
    if let Some(failed) = flash.failed.as_mut().filter(|_| size > MAX_BYTES) {
        failed.fields.clear();
        if matches!(failed.error, AppError::Conflict { .. }) {
            failed.error = AppError::invalid("", "This is too long to be kept for the next page. Nothing was done.");
        }
    }
    flash
}

/// Hands the flash to the page it was left for, in the request's extensions.
pub async fn load_flash(State(flashes): State<FlashStore>, mut request: Request, next: Next) -> Response {
    if request.method() == http::Method::GET
        && let Some(session) = request.extensions().get::<Session>().cloned()
        && let Some(flash) = flashes.take(&session, request.uri().path()).await
    {
        request.extensions_mut().insert(flash);
    }
    next.run(request).await
}
