//! Fetches data again after changes. An answer that was read while a change of this page was in flight is dropped, because it may be
//! older than what the page shows.

use leptos::prelude::*;

/// Tells the parts of the page to fetch their data again.
#[derive(Clone, Copy)]
pub struct Reload {
    wanted: RwSignal<u32>,
    under_way: StoredValue<u32>,
    begun: StoredValue<u32>,
    missed: StoredValue<bool>,
}

/// The number of changes begun before a read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReadAt(u32);

impl Reload {
    fn new() -> Self {
        Self {
            wanted: RwSignal::new(0),
            under_way: StoredValue::new(0),
            begun: StoredValue::new(0),
            missed: StoredValue::new(false),
        }
    }

    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let reload = Self::new();
        provide_context(reload);
        reload
    }

    /// The page's; without effect where there is none.
    #[must_use]
    pub fn expect() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Something changed.
    pub fn now(&self) {
        self.wanted.update(|count| *count = count.wrapping_add(1));
    }

    /// Runs again after each change.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.wanted.get()
    }

    /// A change of this page is on its way to the server.
    pub fn begin_change(&self) {
        self.under_way.update_value(|count| *count += 1);
        self.begun.update_value(|count| *count = count.wrapping_add(1));
    }

    /// It arrived, or failed. Fetches again what is due.
    pub fn end_change(&self, saved: bool) {
        self.under_way.update_value(|count| *count = count.saturating_sub(1));
        if self.under_way.get_value() == 0 && (saved || self.missed.get_value()) {
            self.missed.set_value(false);
            self.now();
        }
    }

    /// To be taken before something is read.
    #[must_use]
    pub fn reading(&self) -> ReadAt {
        ReadAt(self.begun.get_value())
    }

    /// Whether what was read then may be shown. If not, it is read again when the changes under way have ended.
    #[must_use]
    pub fn may_show(&self, read_at: ReadAt) -> bool {
        if self.under_way.get_value() == 0 {
            let is_newer = self.reading() == read_at;
            if !is_newer {
                self.now();
            }
            return is_newer;
        }
        self.missed.set_value(true);
        false
    }
}
