//! How a server function leaves a notice for the page after the redirect.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::use_context;

/// What a server function leaves.
#[derive(Debug, Clone)]
pub struct Left {
    /// What happened, as a sentence.
    pub message: String,
    /// The form is filled again with what was typed.
    pub keeps_fields: bool,
}

/// Where a server function puts its notice. The server hangs one into the extensions of each request to `/api`.
#[derive(Debug, Clone, Default)]
pub struct NoticeSlot(Arc<Mutex<Option<Left>>>);

impl NoticeSlot {
    /// Takes the notice out.
    #[must_use]
    pub fn take(&self) -> Option<Left> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, left: Left) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
    }
}

/// Leaves a notice for the page after the redirect of a plain form post. With WASM the page shows its own message.
pub fn notify(message: impl Into<String>) {
    leave(message.into(), false);
}

/// The same for a form that is likely sent again with a small change.
pub fn notify_and_keep(message: impl Into<String>) {
    leave(message.into(), true);
}

fn leave(message: String, keeps_fields: bool) {
    let slot = use_context::<http::request::Parts>().and_then(|parts| parts.extensions.get::<NoticeSlot>().cloned());
    if let Some(slot) = slot {
        slot.put(Left { message, keeps_fields });
    }
}
