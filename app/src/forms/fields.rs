//! Labels, inputs, and the errors of fields.

use leptos::prelude::*;

use super::FormState;
use crate::components::{Banner, Icon};
use crate::error::AppError;
use domain::views::Tone;

/// The error of the field `name`. Its id is `form.part(name) + "-error"`.
#[component]
pub fn FieldError(state: FormState, name: &'static str) -> impl IntoView {
    let id = error_id(state, name);
    move || {
        let id = id.clone();
        state.field_error(name).map(|message| {
            view! {
                <p class="field__error" id=id>
                    <Icon name="bad" />
                    <span>{message}</span>
                </p>
            }
        })
    }
}

pub(crate) fn error_id(state: FormState, name: &str) -> String {
    format!("{}-error", state.part(name))
}

/// What went wrong with the form as a whole: everything that is not about one of the fields `fields`, and no conflict (those show
/// both texts).
#[component]
pub fn FormError(state: FormState, #[prop(optional)] fields: &'static [&'static str]) -> impl IntoView {
    move || {
        let sentence = state.error().with(|error| match error {
            None | Some(AppError::Conflict { current: Some(_), .. }) => None,
            Some(error) if fields.iter().any(|field| error.field(field).is_some()) => None,
            Some(error) => Some(error.to_string()),
        });
        sentence.map(|sentence| view! { <Banner tone=Tone::Bad alert=true text=sentence /> })
    }
}

/// A one-line input with label, hint and error.
#[component]
pub fn TextField(
    state: FormState,
    name: &'static str,
    label: &'static str,
    /// `text` or `email`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What is saved; what was typed before a redirect wins.
    #[prop(optional, into)]
    value: String,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let id = state.part(name);
    let hint_id = format!("{id}-hint");
    let error = error_id(state, name);
    let invalid = move || state.field_error(name).is_some();
    let described = {
        let (hint_id, has_hint) = (hint_id.clone(), !hint.is_empty());
        move || match (invalid(), has_hint) {
            (true, true) => Some(format!("{error} {hint_id}")),
            (true, false) => Some(error.clone()),
            (false, true) => Some(hint_id.clone()),
            (false, false) => None,
        }
    };
    let value = state.typed(name, &value);
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                required=required
                dir=(kind == "text").then_some("auto")
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
            />
            <FieldError state name />
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
