//! One counter: whoever changes something turns it, whoever shows something fetches again.

use leptos::prelude::*;

/// Fetch what you show again.
#[derive(Clone, Copy)]
pub struct Reload(RwSignal<u32>);

impl Reload {
    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let reload = Self(RwSignal::new(0));
        provide_context(reload);
        reload
    }

    /// The page's counter; one that nobody hears where there is none.
    #[must_use]
    pub fn expect() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(0)))
    }

    /// Something changed.
    pub fn now(&self) {
        self.0.update(|count| *count = count.wrapping_add(1));
    }

    /// Runs again after each change.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.get()
    }
}
