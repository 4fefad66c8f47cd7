//! Somebody else saved this rule while it was being edited: both texts are there, the admin chooses.

use domain::views::{RuleConflict, Tone};
use leptos::prelude::*;

use super::state::Editing;
use crate::components::Banner;

/// Theirs in the banner, mine in the form below.
#[component]
pub(super) fn BothTexts(editing: Editing, conflict: RuleConflict) -> impl IntoView {
    let who = conflict.changed_by.unwrap_or_else(|| "Somebody".into());
    let title = format!(
        "{who} changed this rule at {}, while you were writing",
        conflict.changed_at.clock
    );
    let text = format!(
        "Nothing is lost. Yours is below; theirs is called “{}” and says: “{}”",
        conflict.theirs.label,
        conflict.theirs.response.text()
    );
    view! {
        <Banner tone=Tone::Warn alert=true title text>
            <a
                class="btn btn--sm"
                href="?"
                on:click=move |event| {
                    event.prevent_default();
                    editing.use_theirs();
                }
            >
                "Use theirs"
            </a>
            <button class="btn btn--primary btn--sm" type="submit">"Save mine instead"</button>
        </Banner>
    }
    .into_any()
}
