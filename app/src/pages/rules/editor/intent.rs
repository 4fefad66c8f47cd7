//! What the customer wants, and how close a message must come to it.

use domain::limits::{MAX_THRESHOLD, MIN_THRESHOLD, check_description};
use domain::rules::Threshold;
use leptos::prelude::*;

use super::examples::ExamplesField;
use super::ready_made::ReadyMade;
use super::state::EditorState;
use crate::browser;
use crate::forms::FieldError;
use crate::forms::rule_fields::{DESCRIPTION, THRESHOLD};
use crate::pages::rules::intent_status::IntentStatus;

/// Where to start, description, examples and threshold, and whether the saved rule can match.
#[component]
pub(super) fn IntentFields(editor: EditorState) -> impl IntoView {
    let status = move || {
        let rule = editor.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id));
        rule.map(|rule| IntentStatus::of(editor.rules, rule).line())
    };
    view! {
        <ReadyMade editor />
        <Description editor />
        <ExamplesField editor />
        <ThresholdField editor />
        {status}
    }
    .into_any()
}

#[component]
fn Description(editor: EditorState) -> impl IntoView {
    let form = editor.form;
    let id = form.part(DESCRIPTION);
    let error = format!("{id}-error");
    let invalid = move || form.field_error(DESCRIPTION).is_some();
    let check = move || {
        let problem = editor.description.with_untracked(|text| check_description(text).err());
        form.set_field_error(DESCRIPTION, problem.map(|error| error.to_string()));
    };
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"The customer"</label>
            <input
                class="input"
                type="text"
                id=id
                name=DESCRIPTION
                dir="auto"
                placeholder="wants to book a table"
                value=editor.description.get_untracked()
                prop:value=move || editor.description.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=move || invalid().then(|| error.clone())
                on:input=move |event| editor.apply(|| editor.description.set(event_target_value(&event)))
                on:blur=move |event| if form.is_mounted() && !browser::moves_to_form_buttons(&event) { check() }
            />
            <FieldError state=form name=DESCRIPTION />
        </div>
    }
    .into_any()
}

#[component]
fn ThresholdField(editor: EditorState) -> impl IntoView {
    let id = editor.form.part(THRESHOLD);
    let hint = format!("{id}-hint");
    let value = move || editor.threshold.with(|threshold| format!("{:.2}", threshold.value()));
    let slide = move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            editor.apply(|| editor.threshold.set(Threshold::new(number)));
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>"How sure it must be: " <span class="num">{value}</span></label>
            <div class="range">
                <span aria-hidden="true">"eager"</span>
            <input
                type="range"
                id=id
                name=THRESHOLD
                min=MIN_THRESHOLD.to_string()
                max=MAX_THRESHOLD.to_string()
                step="0.01"
                value=untrack(value)
                prop:value=value
                aria-describedby=hint.clone()
                aria-valuetext=move || format!("{}, {}", value(), word(editor.threshold.get().value()))
                on:input=slide
            />
                <span aria-hidden="true">"shy"</span>
            </div>
            <FieldError state=editor.form name=THRESHOLD />
            <p class="field__hint" id=hint>{move || meaning(editor.threshold.get().value())}</p>
        </div>
    }
    .into_any()
}

/// One word for a number.
const fn word(threshold: f64) -> &'static str {
    if threshold < 0.6 {
        "eager"
    } else if threshold < 0.8 {
        "balanced"
    } else {
        "shy"
    }
}

/// What a number means for the messages that reach the rule.
const fn meaning(threshold: f64) -> &'static str {
    if threshold < 0.6 {
        "Eager: also answers messages that only touch the subject."
    } else if threshold < 0.8 {
        "Balanced: answers messages that mean about the same."
    } else {
        "Shy: answers messages that say nearly the same."
    }
}
