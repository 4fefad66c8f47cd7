//! The cookie of a device that signed in before: read before anything is limited, set after a sign-in.

use app::auth::DeviceSlot;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use engine::clock::SharedClock;
use engine::identity::{DEVICE_LIFETIME, Device};
use engine::vault::Vault;
use http::header;

use crate::http::cookies::Cookie;

/// What [`load_device`] needs.
#[derive(Debug, Clone)]
pub struct Devices {
    /// Opens the cookie.
    pub vault: Vault,
    /// Says how old it is.
    pub clock: SharedClock,
    /// Where it is.
    pub cookie: Cookie,
}

impl Devices {
    /// The devices of a server that is reached over https, or not.
    #[must_use]
    pub fn new(vault: &Vault, clock: SharedClock, secure: bool) -> Self {
        Self {
            vault: vault.clone(),
            clock,
            cookie: Cookie::new("device", secure),
        }
    }
}

/// Puts a known [`Device`] and the [`DeviceSlot`] into the request's extensions.
pub async fn load_device(State(devices): State<Devices>, mut request: Request, next: Next) -> Response {
    let brought = devices.cookie.read(request.headers());
    let known = brought.and_then(|cookie| Device::open(&devices.vault, cookie, devices.clock.now()));
    let slot = DeviceSlot::of(brought);
    if let Some(known) = known {
        request.extensions_mut().insert(known);
    }
    request.extensions_mut().insert(slot.clone());
    let mut response = next.run(request).await;
    let issued = slot.take_issued();
    let set = issued.and_then(|cookie| devices.cookie.set(&cookie, DEVICE_LIFETIME.as_secs()));
    if let Some(set) = set {
        response.headers_mut().append(header::SET_COOKIE, set);
    }
    response
}
