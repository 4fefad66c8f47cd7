//! "Saved" at the button of a form that stays, until the next change.

use leptos::prelude::*;

use super::Outcome;
use crate::components::{Announcer, Icon};

/// Whether the form is saved, and the `on_done` that sets it and announces `announcement`.
#[must_use]
pub fn track_saved(announcement: &'static str) -> (RwSignal<bool>, Callback<Outcome>) {
    let announcer = Announcer::expect();
    let saved = RwSignal::new(false);
    let on_done = Callback::new(move |outcome: Outcome| {
        saved.set(outcome.is_ok());
        if outcome.is_ok() {
            announcer.say(announcement);
        }
    });
    (saved, on_done)
}

/// The mark.
#[component]
pub fn SavedMark(saved: RwSignal<bool>) -> impl IntoView {
    view! {
        <span class="saved" hidden=move || !saved.get()>
            <Icon name="check" />
            "Saved"
        </span>
    }
    .into_any()
}
