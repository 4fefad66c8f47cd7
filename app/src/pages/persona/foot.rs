//! The foot of the form: how long the text is, and the button that saves. It stays in sight, however long the form.

use domain::limits::MAX_PERSONA_CHARS;
use leptos::prelude::*;

use super::state::PersonaState;
use crate::components::format_number;
use crate::forms::SlowNote;

/// What sticks to the bottom of the window until the form ends above it.
#[component]
pub(super) fn Foot(persona: PersonaState) -> impl IntoView {
    view! {
        <p class="field__hint kbd-hint">
            <kbd translate="no">"Ctrl"</kbd>
            " "
            <kbd translate="no">"Enter"</kbd>
            " saves."
            <span class="when-hydrated">" What you write is kept on this device until then."</span>
        </p>
        <SlowNote form=persona.form />
        <div class="form-foot form-foot--sticky">
            <Length persona />
            <SaveButton persona />
        </div>
    }
    .into_any()
}

#[component]
fn Length(persona: PersonaState) -> impl IntoView {
    let length = Memo::new(move |_| persona.values().content().written().chars().count());
    let number = |count: usize| format_number(i64::try_from(count).unwrap_or(i64::MAX));
    let class = move || {
        if length.get() > MAX_PERSONA_CHARS {
            "counter counter--over"
        } else {
            "counter"
        }
    };
    view! {
        <span class=class>
            <progress max=MAX_PERSONA_CHARS.to_string() value=move || length.get().min(MAX_PERSONA_CHARS).to_string() aria-hidden="true"></progress>
            {move || format!("{} of {} characters", number(length.get()), number(MAX_PERSONA_CHARS))}
        </span>
    }
    .into_any()
}

#[component]
fn SaveButton(persona: PersonaState) -> impl IntoView {
    let pending = persona.form.pending();
    let label = move || match (pending.get(), persona.data.with(|page| page.ai_available)) {
        (true, _) => "Saving …",
        (false, true) => "Save and check",
        (false, false) => "Save as a draft",
    };
    view! {
        <button class="btn btn--primary" type="submit" aria-disabled=move || pending.get().then_some("true")>
            {label}
        </button>
    }
    .into_any()
}
