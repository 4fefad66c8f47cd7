//! What a request brings along. The server provides it; pages and server functions read it here and nowhere else.
//!
//! | what | how the server hands it over |
//! |---|---|
//! | [`Viewer`] of the session | in the request's extensions, for pages and for `/api/*` alike; absent when nobody is signed in |
//! | [`SessionKey`] of the session | in the request's extensions, with the viewer |
//! | [`PageFlash`](crate::flash::PageFlash) | `provide_context` for every render |
//! | [`Engine`] | `provide_context` for renders and server functions |
//! | [`Gate`] | `provide_context` for renders and server functions |
//! | [`PrivacyText`] | `provide_context` for renders and server functions |

mod gate;

pub use gate::{DemoSignIn, Gate, SetUp, gate};

use std::sync::Arc;

use domain::views::Viewer;
use engine::Engine;
use engine::connect::{LoginContext, SessionKey};
use http::header;
use http::request::Parts;
use leptos::prelude::use_context;

use crate::error::AppError;

/// The signed-in person, if there is one.
#[must_use]
pub fn viewer() -> Option<Viewer> {
    use_context::<Parts>()?.extensions.get::<Viewer>().cloned()
}

/// The signed-in person.
///
/// # Errors
/// Nobody is signed in.
pub fn signed_in() -> Result<Viewer, AppError> {
    viewer().ok_or(AppError::NotSignedIn)
}

/// The signed-in person, who may change rules, replies and switches.
///
/// # Errors
/// Nobody is signed in, or the role is too small.
pub fn editor() -> Result<Viewer, AppError> {
    signed_in().and_then(|viewer| {
        if viewer.role.can_edit() {
            Ok(viewer)
        } else {
            Err(AppError::NotAllowed)
        }
    })
}

/// The signed-in person, who may change the workspace itself.
///
/// # Errors
/// Nobody is signed in, or the role is too small.
pub fn manager() -> Result<Viewer, AppError> {
    signed_in().and_then(|viewer| {
        if viewer.role.can_manage() {
            Ok(viewer)
        } else {
            Err(AppError::NotAllowed)
        }
    })
}

/// The session and the person a Facebook Login attempt is bound to; the person may connect accounts.
///
/// # Errors
/// Nobody is signed in, or the role is too small.
pub fn visitor() -> Result<LoginContext, AppError> {
    let viewer = manager()?;
    let parts = use_context::<Parts>().ok_or(AppError::NotSignedIn)?;
    let session = parts.extensions.get::<SessionKey>().cloned();
    Ok(LoginContext {
        tenant: viewer.tenant_id,
        session: session.ok_or(AppError::NotSignedIn)?,
        actor: (&viewer).into(),
    })
}

/// The use cases.
///
/// # Errors
/// Outside a request.
pub fn engine() -> Result<Engine, AppError> {
    use_context::<Engine>().ok_or_else(|| AppError::unavailable("Concierge is starting. Try again in a moment."))
}

/// The text of the public privacy page: paragraphs with an empty line between them; a short one alone is a heading.
#[derive(Clone, Debug)]
pub struct PrivacyText(pub Arc<str>);

/// The text of the privacy page; none outside a request.
#[must_use]
pub fn privacy() -> Option<PrivacyText> {
    use_context::<PrivacyText>()
}

/// The theme that the cookie asks for; none follows the system.
#[must_use]
pub fn theme() -> Option<&'static str> {
    let parts = use_context::<Parts>()?;
    let cookies = parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let chosen = cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix("theme="))?;
    match chosen {
        "light" => Some("light"),
        "dark" => Some("dark"),
        _ => None,
    }
}

/// The address of the sign-in, with the requested page as `next`. None outside a request.
#[must_use]
pub fn sign_in_address() -> Option<String> {
    let path = use_context::<Parts>()?.uri.path().to_owned();
    // A path is already percent-encoded except for these, which would end the parameter.
    let next = path.replace('&', "%26").replace('+', "%2B").replace('#', "%23");
    Some(if path.starts_with("/admin/") {
        format!("/login?next={next}")
    } else {
        "/login".into()
    })
}
