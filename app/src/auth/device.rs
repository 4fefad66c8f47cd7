//! The cookie of a device that signed in before, on its way between the request and the use case.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What the device brought, and what it is to keep. The server hangs one into the extensions of each request to `/api`.
#[derive(Clone, Default)]
pub struct DeviceSlot {
    brought: Option<Arc<str>>,
    issued: Arc<Mutex<Option<String>>>,
}

impl fmt::Debug for DeviceSlot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DeviceSlot")
    }
}

impl DeviceSlot {
    /// Of a request with this cookie.
    #[must_use]
    pub fn of(cookie: Option<&str>) -> Self {
        Self {
            brought: cookie.map(Arc::from),
            issued: Arc::default(),
        }
    }

    /// The new cookie, if somebody signed in.
    #[must_use]
    pub fn take_issued(&self) -> Option<String> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn brought(&self) -> Option<&str> {
        self.brought.as_deref()
    }

    pub(super) fn issue(&self, cookie: Option<String>) {
        *self.issued.lock().unwrap_or_else(PoisonError::into_inner) = cookie;
    }
}
