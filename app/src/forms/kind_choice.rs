//! A choice between two kinds, the second of which needs AI.

use leptos::prelude::*;

use crate::components::Icon;

/// Value, icon and label.
pub type Kind = (&'static str, &'static str, &'static str);

/// Two radio buttons. Without AI the second can be kept, not chosen.
#[component]
pub fn KindChoice(
    name: &'static str,
    legend: &'static str,
    /// Whether it is the second.
    chosen: RwSignal<bool>,
    choose: Callback<bool>,
    first: Kind,
    second: Kind,
    /// Why the second cannot be chosen.
    disabled_reason: Option<&'static str>,
) -> impl IntoView {
    let locked = move || disabled_reason.is_some() && !chosen.get();
    let radio = move |kind: Kind, is_second: bool| {
        let (value, icon, word) = kind;
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    value=value
                    checked=chosen.get_untracked() == is_second
                    prop:checked=move || chosen.get() == is_second
                    disabled=move || is_second && locked()
                    on:change=move |_| choose.run(is_second)
                />
                <Icon name=icon />
                {word}
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="cluster">
            <legend class="visually-hidden">{legend}</legend>
            <div class="segmented">{radio(first, false)} {radio(second, true)}</div>
            {disabled_reason.map(|reason| view! { <span class="field__hint">{reason}</span> })}
        </fieldset>
    }
    .into_any()
}
