//! What a form that was posted plainly leaves for the page it goes back to, which reads it once.
//!
//! For somebody who is signed in it is a small row of the session, and a file that is being imported a row of its own. A stranger keeps it
//! themselves, in a sealed cookie: nobody can make us store anything without having signed in.

use app::error::AppError;
use app::flash::{FORM_FIELD, Flash, Left, Notice, PageFlash};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::ids::UserId;
use domain::time::Timestamp;
use domain::views::Viewer;
use engine::clock::SharedClock;
use engine::identity::{FLASH_LIFETIME, Flashes, LARGEST_FLASH};
use engine::storage::{Database, StorageError};
use engine::vault::Vault;
use http::{HeaderValue, Method, header};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::answer;
use super::local_path::LocalPath;
use crate::http::cookies::Cookie;

const COOKIE: &str = "flash";
/// Browsers take 4 KiB with name and attributes.
const LARGEST_COOKIE: usize = 3 * 1024;
/// What a stranger's forms ask for and may get back. Passwords and codes are typed again.
const STRANGERS_FIELDS: [&str; 2] = ["email", "tenant_name"];
/// Parts of field names whose values are never kept.
const SECRET_NAMES: [&str; 6] = ["password", "secret", "token", "code", "current", "new"];

/// What a form leaves for the next page.
#[derive(Debug)]
pub struct NewFlash(PageFlash);

impl NewFlash {
    /// The failure with what was typed, or the notice of a success.
    #[must_use]
    pub fn new(form_id: String, fields: Vec<(String, String)>, error: Option<AppError>, notice: Option<Left>) -> Self {
        let keep = |name: &str| name != FORM_FIELD && !SECRET_NAMES.iter().any(|secret| is_part(name, secret));
        let fields: Vec<(String, String)> = fields.into_iter().filter(|(name, _)| keep(name)).collect();
        let kept = |keeps: bool| if keeps { fields.clone() } else { Vec::new() };
        let saved = notice.filter(|_| error.is_none()).map(|left| Notice {
            form_id: form_id.clone(),
            fields: kept(left.keeps_fields),
            message: left.message,
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

/// What a stranger's cookie holds.
#[derive(Serialize, Deserialize)]
struct CookieFlash {
    path: String,
    until: i64,
    flash: PageFlash,
}

/// What the row of a session holds.
#[derive(Serialize, Deserialize)]
enum RowFlash {
    Whole(PageFlash),
    /// The digest of an import's preview.
    Import(Vec<u8>),
}

/// Who left it: somebody who is signed in, with their session.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The person.
    pub user: UserId,
    /// Their session.
    pub session: Session,
    /// They were importing a file.
    pub imports: bool,
}

/// The flashes of all visitors.
#[derive(Clone, Debug)]
pub struct FlashStore {
    clock: SharedClock,
    rows: Flashes,
    vault: Vault,
    cookie: Cookie,
}

impl FlashStore {
    /// Flashes in `database` and in cookies sealed by `vault`, which age by `clock`.
    #[must_use]
    pub fn new(database: &Database, vault: &Vault, clock: SharedClock, secure: bool) -> Self {
        Self {
            rows: Flashes::new(database, clock.clone()),
            clock,
            vault: vault.clone(),
            cookie: Cookie::new(COOKIE, secure),
        }
    }

    /// Keeps the flash for the page `target`; returns the cookie to set. What cannot be kept costs the words, never the answer.
    pub async fn store(&self, owner: Option<Owner>, target: &LocalPath, flash: NewFlash) -> Option<HeaderValue> {
        let NewFlash(flash) = flash;
        if flash == PageFlash::default() {
            return None;
        }
        let Some(owner) = owner else {
            return self.to_cookie(target, flash);
        };
        if let Err(error) = self.to_row(&owner, target, flash).await {
            tracing::warn!(%error, "a form's words could not be kept");
        }
        None
    }

    fn to_cookie(&self, target: &LocalPath, mut flash: PageFlash) -> Option<HeaderValue> {
        if let Some(failed) = &mut flash.failed {
            failed
                .fields
                .retain(|(name, _)| STRANGERS_FIELDS.contains(&name.as_str()));
        }
        if let Some(saved) = &mut flash.saved {
            saved.fields.clear();
        }
        self.sealed(target, &flash).or_else(|| {
            flash.failed.as_mut()?.fields.clear();
            self.sealed(target, &flash)
        })
    }

    fn sealed(&self, target: &LocalPath, flash: &PageFlash) -> Option<HeaderValue> {
        let kept = CookieFlash {
            path: target.path().to_owned(),
            until: (self.clock.now() + FLASH_LIFETIME).as_millis(),
            flash: flash.clone(),
        };
        let json = serde_json::to_string(&kept)
            .ok()
            .filter(|json| json.len() <= LARGEST_COOKIE)?;
        let sealed = self.vault.seal_cookie(COOKIE, &json).ok()?;
        let fits = sealed.len() <= LARGEST_COOKIE;
        fits.then(|| self.cookie.set(&sealed, FLASH_LIFETIME.as_secs()))
            .flatten()
    }

    async fn to_row(&self, owner: &Owner, target: &LocalPath, flash: PageFlash) -> Result<(), KeepError> {
        let flash = if owner.imports && size(&flash) > LARGEST_FLASH {
            let json = serde_json::to_string(&flash)?;
            RowFlash::Import(self.rows.put_import(owner.user, json).await?)
        } else {
            RowFlash::Whole(within_limit(flash))
        };
        // A session that has just got a new id is not written yet.
        if owner.session.id().is_none() {
            owner.session.save().await?;
        }
        if let Some(id) = owner.session.id() {
            self.rows
                .put(&id, target.path(), serde_json::to_string(&flash)?)
                .await?;
        }
        Ok(())
    }

    /// The flash of a stranger for this page, and whether the cookie has done its work.
    fn find_in_cookie(&self, request: &Request) -> (Option<PageFlash>, bool) {
        let Some(sealed) = self.cookie.read(request.headers()) else {
            return (None, false);
        };
        let opened = self.vault.open_cookie(COOKIE, sealed);
        let kept = opened.and_then(|json| serde_json::from_str::<CookieFlash>(&json).ok());
        match kept.filter(|kept| self.clock.now() < Timestamp::from_millis(kept.until)) {
            None => (None, true),
            Some(kept) if kept.path == request.uri().path() => (Some(kept.flash), true),
            Some(_) => (None, false),
        }
    }

    async fn take_row(&self, user: UserId, session: &Session, path: &str) -> Result<Option<PageFlash>, KeepError> {
        let Some(id) = session.id() else { return Ok(None) };
        let Some(json) = self.rows.take(&id, path).await? else {
            return Ok(None);
        };
        match serde_json::from_str(&json)? {
            RowFlash::Whole(flash) => Ok(Some(flash)),
            RowFlash::Import(digest) => {
                let json = self.rows.take_import(user, &digest).await?;
                Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
            }
        }
    }
}

/// A flash cannot be kept or found.
#[derive(Debug, thiserror::Error)]
enum KeepError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Session(#[from] tower_sessions::session::Error),
    #[error("its content cannot be read or written")]
    Json(#[from] serde_json::Error),
}

fn size(flash: &PageFlash) -> usize {
    serde_json::to_vec(flash).map_or(usize::MAX, |json| json.len())
}

/// What is larger keeps neither its words nor what was made of them: a preview without its file could be confirmed, and do nothing.
fn within_limit(mut flash: PageFlash) -> PageFlash {
    // Room for what stands around it.
    let large = size(&flash) > LARGEST_FLASH - 100;
    if let Some(saved) = flash.saved.as_mut().filter(|_| large) {
        saved.fields.clear();
    }
    if let Some(failed) = flash.failed.as_mut().filter(|_| large) {
        failed.fields.clear();
        if matches!(failed.error, AppError::Conflict { .. }) {
            failed.error = AppError::invalid("", "This is too long to be kept for the next page. Nothing was done.");
        }
    }
    flash
}

/// Hands the flash to the page it was left for, in the request's extensions.
pub async fn load_flash(State(flashes): State<FlashStore>, mut request: Request, next: Next) -> Response {
    if request.method() != Method::GET || !answer::wants_html(request.headers()) {
        return next.run(request).await;
    }
    let (mut flash, done) = flashes.find_in_cookie(&request);
    let viewer = request.extensions().get::<Viewer>().map(|viewer| viewer.user_id);
    let session = request.extensions().get::<Session>().cloned();
    if let (Some(user), Some(session), None) = (viewer, session, &flash) {
        let kept = flashes.take_row(user, &session, request.uri().path()).await;
        flash = kept.unwrap_or_else(|error| {
            tracing::warn!(%error, "a form's words could not be fetched");
            None
        });
    }
    if let Some(flash) = flash {
        request.extensions_mut().insert(flash);
    }
    let mut response = next.run(request).await;
    if let Some(removed) = flashes.cookie.set("", 0).filter(|_| done) {
        response.headers_mut().append(header::SET_COOKIE, removed);
    }
    response
}
