//! What the previous request left for this page: a form that failed, or the notice of one that was saved.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::flash::{Flash, Notice, PageFlash};
use crate::json::shared_value;

/// The flash of a redirect, until the reader leaves the page.
#[derive(Clone, Copy)]
pub struct RestoredForm {
    failed: StoredValue<Option<Flash>>,
    saved: RwSignal<Option<Notice>>,
}

impl RestoredForm {
    /// Hands it to the whole page, on the server and again while hydrating.
    pub fn provide() {
        let PageFlash { failed, saved } = shared_value(|| use_context::<PageFlash>().unwrap_or_default());
        provide_context(Self {
            failed: StoredValue::new(failed),
            saved: RwSignal::new(saved),
        });
    }

    /// Of this page; nothing where there is none.
    #[must_use]
    pub fn expect() -> Self {
        use_context().unwrap_or_else(|| Self {
            failed: StoredValue::new(None),
            saved: RwSignal::new(None),
        })
    }

    /// The notice of the form that was saved.
    #[must_use]
    pub fn notice(&self) -> Option<Notice> {
        self.saved.get()
    }

    /// What was typed into the form `form_id`, which was sent and is filled with it again; read once.
    #[must_use]
    pub fn kept_of(&self, form_id: &str) -> Option<Notice> {
        let saved = self.saved.get_untracked();
        saved.filter(|notice| notice.form_id == form_id && !notice.fields.is_empty())
    }

    /// The failure of the form `form_id`, if it was about what the form is about now.
    pub(super) fn failure_of(&self, form_id: &str, about: &[(&str, &str)]) -> Option<Flash> {
        let failed = self.failed.get_value();
        failed.filter(|flash| flash.belongs_to(form_id, about))
    }

    /// Whether a form failed.
    #[must_use]
    pub fn has_failure(&self) -> bool {
        self.failed.with_value(Option::is_some)
    }

    /// Discards the failed form.
    pub fn dismiss(&self) {
        self.failed.set_value(None);
    }

    /// Clears it on navigation: a failure when the address changes, a notice when the page does. Inside of the router only.
    pub fn ends_on_leaving(self) {
        let location = use_location();
        Effect::new(move |before: Option<(String, String)>| {
            let here = (location.pathname.get(), location.search.get());
            if let Some(before) = before.filter(|before| *before != here) {
                self.dismiss();
                if before.0 != here.0 {
                    self.saved.set(None);
                }
            }
            here
        });
    }
}
