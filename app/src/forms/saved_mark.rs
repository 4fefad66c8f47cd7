//! "Saved" beside the button of a form that stays, until something is changed again.

use leptos::prelude::*;

use super::Outcome;
use crate::components::{Announcer, Icon};

/// Whether it is saved, and what runs with the answer: it says `words` to people who do not see the mark.
#[must_use]
pub fn track_saved(words: &'static str) -> (RwSignal<bool>, Callback<Outcome>) {
    let announcer = Announcer::expect();
    let saved = RwSignal::new(false);
    let on_done = Callback::new(move |outcome: Outcome| {
        saved.set(outcome.is_ok());
        if outcome.is_ok() {
            announcer.say(words);
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
