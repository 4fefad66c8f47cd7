//! Who looks at the page: known to the server when it renders, and handed to the browser with the page.

use crate::json::shared_value;
use domain::views::Viewer;
use leptos::prelude::*;

/// The signed-in person, if there is one.
#[derive(Clone, Copy)]
pub struct CurrentViewer(StoredValue<Option<Viewer>>);

impl CurrentViewer {
    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let viewer = shared_value(from_request);
        let current = Self(StoredValue::new(viewer));
        provide_context(current);
        current
    }

    /// The person, if somebody is signed in.
    #[must_use]
    pub fn get(&self) -> Option<Viewer> {
        self.0.get_value()
    }
}

/// The signed-in person of this page.
#[must_use]
pub fn current_viewer() -> Option<Viewer> {
    use_context::<CurrentViewer>().and_then(|current| current.get())
}

/// Whether the person may change rules, replies and switches.
#[must_use]
pub fn may_edit() -> bool {
    current_viewer().is_some_and(|viewer| viewer.role.can_edit())
}

/// Whether the person may change the workspace itself.
#[must_use]
pub fn may_manage() -> bool {
    current_viewer().is_some_and(|viewer| viewer.role.can_manage())
}

#[cfg(feature = "ssr")]
fn from_request() -> Option<Viewer> {
    crate::context::viewer()
}

#[cfg(not(feature = "ssr"))]
fn from_request() -> Option<Viewer> {
    None
}
