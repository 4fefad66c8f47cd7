//! A switch: a submit button that shows On or Off, optimistically.

use leptos::prelude::*;

use super::{FormState, Hidden, Outcome, PostForm};
use crate::components::Announcer;

/// Posts `enabled=true` or `enabled=false` with the hidden fields.
#[component]
pub fn SwitchForm(
    state: FormState,
    /// Whether it is on, as saved.
    #[prop(into)]
    on: Signal<bool>,
    /// The name of the thing: announced as "Prices is off."
    #[prop(into)]
    subject: Signal<String>,
    /// Names the switch for people who do not see it, when `labelled_by` is empty and nothing visible does.
    #[prop(optional, into)]
    hidden_label: Option<Signal<String>>,
    /// A visible word in front of On and Off.
    #[prop(optional)]
    label: &'static str,
    /// The id of the element that names it.
    #[prop(optional, into)]
    labelled_by: String,
    /// May be looked at only.
    #[prop(optional)]
    locked: bool,
    /// Runs instead of switching off. Without WebAssembly it requests the page with `account` and `enabled=false`.
    #[prop(optional_no_strip)]
    confirm_off: Option<Callback<()>>,
    /// Runs when it is sent, before the answer.
    #[prop(optional)]
    on_switch: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let announcer = Announcer::expect();
    let expected = RwSignal::new(None::<bool>);
    let shown = move || expected.get().unwrap_or_else(|| on.get());
    let next = Signal::derive(move || (!on.get()).to_string());
    Effect::new(move |_| {
        on.track();
        expected.set(None);
    });
    let on_send = Callback::new(move |()| {
        expected.set(Some(!on.get_untracked()));
        if let Some(on_switch) = on_switch {
            on_switch.run(());
        }
    });
    let on_done = Callback::new(move |outcome: Outcome| match outcome {
        Ok(_) => {
            let word = if expected.get_untracked() == Some(true) {
                "on"
            } else {
                "off"
            };
            announcer.say(format!("{} is {word}.", subject.get_untracked()));
        }
        Err(_) => expected.set(None),
    });
    let needs_confirmation = move || confirm_off.is_some() && shown();
    let check = Callback::new(move |()| match confirm_off {
        Some(confirm_off) if shown() => {
            confirm_off.run(());
            false
        }
        _ => true,
    });
    view! {
        <PostForm state class="switch-form" check on_send on_done>
            {children()}
            <Hidden name="enabled" value=next />
            <button
                class="switch"
                type="submit"
                role="switch"
                aria-checked=move || shown().to_string()
                aria-labelledby=(!labelled_by.is_empty()).then_some(labelled_by)
                aria-disabled=locked.then_some("true")
                disabled=locked
                formmethod=move || needs_confirmation().then_some("get")
                formaction=move || needs_confirmation().then_some("?")
            >
                <span class="switch__track" aria-hidden="true"></span>
                {hidden_label.map(|label| view! { <span class="visually-hidden">{move || label.get()}</span> })}
                {(!label.is_empty()).then(|| view! { <span>{label}</span> })}
                <span class="switch__word" aria-hidden="true">
                    {move || if shown() { "On" } else { "Off" }}
                </span>
            </button>
        </PostForm>
    }
    .into_any()
}
