//! What a request brings along. The server provides it; pages and server functions read it here and nowhere else.
//!
//! | what | how the server hands it over |
//! |---|---|
//! | [`Viewer`] of the session | in the request's extensions, for pages and for `/api/*` alike; absent when nobody is signed in |
//! | [`SessionKey`] of the session | in the request's extensions, with the viewer |
//! | [`PageFlash`](crate::flash::PageFlash) | `provide_context` for every render |
//! | [`Engine`] | `provide_context` for renders and server functions |
//! | [`AuthSession`], [`ClientAddress`] and [`DeviceSlot`] | in the request's extensions |
//! | [`AuthServices`] | `provide_context` for renders and server functions |
//! | [`PrivacyText`] | `provide_context` for renders and server functions |
//! | [`Package`](crate::Package) | `provide_context` for every render |
//! | [`OperatorContact`] | `provide_context` for renders of a server that names one |
//! | [`SandboxAddress`] | `provide_context` for renders of a demo |

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use domain::views::Viewer;
use engine::Engine;
use engine::connect::{LoginContext, SessionKey};
use http::request::Parts;
use http::{Extensions, header};
use leptos::prelude::use_context;

use crate::auth::{Auth, AuthServices, AuthSession, DeviceSlot};
use crate::error::AppError;

/// The signed-in person, if there is one.
#[must_use]
pub fn viewer() -> Option<Viewer> {
    use_context::<Parts>()?.extensions.get::<Viewer>().cloned()
}

/// The signed-in person.
pub fn signed_in() -> Result<Viewer, AppError> {
    viewer().ok_or(AppError::NotSignedIn)
}

/// The signed-in person, who may change rules, replies and switches.
pub fn editor() -> Result<Viewer, AppError> {
    signed_in().and_then(|viewer| with_right(viewer.role.can_edit(), viewer))
}

/// The signed-in person, who may change the workspace itself.
pub fn manager() -> Result<Viewer, AppError> {
    signed_in().and_then(|viewer| with_right(viewer.role.can_manage(), viewer))
}

fn with_right<T>(allowed: bool, viewer: T) -> Result<T, AppError> {
    if allowed { Ok(viewer) } else { Err(AppError::NotAllowed) }
}

/// The session and the person a Facebook Login attempt is bound to.
pub fn login_context() -> Result<LoginContext, AppError> {
    login_context_of(&use_context::<Parts>().ok_or(AppError::NotSignedIn)?.extensions)
}

/// The same for the request with these extensions; the person may connect accounts.
pub fn login_context_of(extensions: &Extensions) -> Result<LoginContext, AppError> {
    let viewer = extensions.get::<Viewer>().ok_or(AppError::NotSignedIn)?;
    let session = extensions.get::<SessionKey>().ok_or(AppError::NotSignedIn)?;
    let context = LoginContext {
        tenant: viewer.tenant_id,
        session: session.clone(),
        actor: viewer.into(),
    };
    with_right(viewer.role.can_manage(), context)
}

/// The address of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The caller's network: an IPv4 address, or the /64 of an IPv6 address. Limits are kept per network.
    #[must_use]
    pub fn network(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
            address => address,
        }
    }
}

/// Signing in and out for this request.
pub fn auth() -> Result<Auth, AppError> {
    let auth = || {
        let extensions = use_context::<Parts>()?.extensions;
        let client = extensions.get::<ClientAddress>();
        Some(Auth {
            services: use_context::<AuthServices>()?,
            session: extensions.get::<AuthSession>()?.clone(),
            network: client.map(|client| client.network().to_string()).unwrap_or_default(),
            device: extensions.get::<DeviceSlot>().cloned().unwrap_or_default(),
        })
    };
    auth().ok_or_else(|| AppError::unavailable("Sign-in is not available here."))
}

/// The use cases.
pub fn engine() -> Result<Engine, AppError> {
    use_context::<Engine>().ok_or_else(|| AppError::unavailable("Concierge is starting. Try again in a moment."))
}

/// Whether this server has an AI provider.
#[must_use]
pub fn ai_available(engine: &Engine) -> bool {
    engine.ai().is_some()
}

/// The text of the public privacy page: paragraphs with an empty line between them; a short one alone is a heading.
#[derive(Clone, Debug)]
pub struct PrivacyText(pub Arc<str>);

/// The text of the privacy page; none outside a request.
#[must_use]
pub fn privacy() -> Option<PrivacyText> {
    use_context::<PrivacyText>()
}

/// Whom people ask who use this server, in words.
#[derive(Clone, Debug)]
pub struct OperatorContact(pub Arc<str>);

/// The address of the sandbox's chat page; only a demo has one.
#[derive(Clone, Debug)]
pub struct SandboxAddress(pub Arc<str>);

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
