//! Somebody else saved while this text was being written: both texts are there, the admin chooses.

use domain::views::{DefaultReplyConflict, Tone};
use leptos::prelude::*;

use super::state::Editing;
use crate::components::Banner;

/// Theirs in the banner, mine in the text area below.
#[component]
pub fn BothTexts(editing: Editing, conflict: DefaultReplyConflict) -> impl IntoView {
    let who = conflict.changed_by.unwrap_or_else(|| "Somebody".into());
    let title = format!(
        "{who} changed this reply at {}, while you were writing",
        conflict.changed_at.clock
    );
    let text = format!(
        "Nothing is lost. Yours is below; theirs says: “{}”",
        conflict.theirs.text()
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
