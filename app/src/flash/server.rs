//! How a server function leaves a notice for the page after the redirect.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;

/// Where a server function puts its notice. The server hangs one into the extensions of each request to `/api`.
#[derive(Debug, Clone, Default)]
pub struct NoticeSlot(Arc<Mutex<Option<String>>>);

impl NoticeSlot {
    /// Takes the notice out.
    #[must_use]
    pub fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, message: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(message);
    }
}

/// Leaves a notice for the page after the redirect of a plain form post. With WASM the page shows its own message.
pub fn notify(message: impl Into<String>) {
    let slot = use_context::<http::request::Parts>().and_then(|parts| parts.extensions.get::<NoticeSlot>().cloned());
    if let Some(slot) = slot {
        slot.put(message.into());
    }
}
