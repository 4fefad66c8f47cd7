//! A password: can be shown while it is typed, says that Caps Lock is on, and comes back from no redirect.

use leptos::prelude::*;

use super::{FieldError, FormState};

/// A password with label, hint, error and the button that shows it.
#[component]
pub fn PasswordField(
    state: FormState,
    name: &'static str,
    label: &'static str,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// The demo's.
    #[prop(optional)]
    value: String,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let (shown, caps) = (RwSignal::new(false), RwSignal::new(false));
    let id = state.part(name);
    let invalid = move || state.field_error(name).is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, invalid(), caps.get(), !hint.is_empty())
    };
    hide_when_sent(state, shown);
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>{label}</label>
            <div class="password">
                <input
                    class="input"
                    id=id.clone()
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    required
                    value=value
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || invalid().then_some("true")
                    aria-describedby=described
                    on:keyup=move |event: web_sys::KeyboardEvent| caps.set(event.get_modifier_state("CapsLock"))
                />
                <ShowButton shown input=id.clone() label />
            </div>
            <FieldError state name />
            <p class="field__hint" id=format!("{id}-caps") hidden=move || !caps.get()>"Caps Lock is on."</p>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// Does nothing without WebAssembly, so it is not there.
#[component]
fn ShowButton(shown: RwSignal<bool>, input: String, label: &'static str) -> impl IntoView {
    view! {
        <button
            class="btn needs-js"
            type="button"
            aria-controls=input
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {move || if shown.get() { "Hide" } else { "Show" }}
            <span class="visually-hidden">" what is typed as " {label.to_lowercase()}</span>
        </button>
    }
    .into_any()
}

/// What is sent is not left on the screen.
fn hide_when_sent(state: FormState, shown: RwSignal<bool>) {
    let pending = state.pending();
    Effect::new(move |_| {
        if pending.get() {
            shown.set(false);
        }
    });
}

fn described_by(id: &str, invalid: bool, caps: bool, has_hint: bool) -> Option<String> {
    let parts = [(invalid, "error"), (caps, "caps"), (has_hint, "hint")];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(is_told, _)| *is_told)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    (!told.is_empty()).then(|| told.join(" "))
}
