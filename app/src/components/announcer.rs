//! Announcements for screen readers, through one polite and one assertive live region that exist from the start.

use std::time::Duration;

use leptos::prelude::*;

/// Speaks through the live regions. Names things, never ids.
#[derive(Clone, Copy)]
pub struct Announcer {
    polite: RwSignal<String>,
    assertive: RwSignal<String>,
}

impl Announcer {
    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let announcer = Self {
            polite: RwSignal::new(String::new()),
            assertive: RwSignal::new(String::new()),
        };
        provide_context(announcer);
        announcer
    }

    /// The page's announcer; a silent one where there is none.
    #[must_use]
    pub fn expect() -> Self {
        use_context().unwrap_or_else(|| Self {
            polite: RwSignal::new(String::new()),
            assertive: RwSignal::new(String::new()),
        })
    }

    /// Something was done.
    pub fn say(&self, text: impl Into<String>) {
        speak(self.polite, text.into());
    }

    /// Something failed.
    pub fn failed(&self, text: impl Into<String>) {
        speak(self.assertive, text.into());
    }
}

/// Emptied first and filled 150 ms later, so that the same words are spoken twice and quick ones replace each other.
fn speak(region: RwSignal<String>, text: String) {
    region.set(String::new());
    set_timeout(move || region.set(text), Duration::from_millis(150));
}

/// The two regions.
#[component]
pub fn LiveRegions(announcer: Announcer) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true" id="say">
            {move || announcer.polite.get()}
        </div>
        <div class="visually-hidden" role="alert" aria-live="assertive" aria-atomic="true" id="say-failed">
            {move || announcer.assertive.get()}
        </div>
    }
    .into_any()
}
