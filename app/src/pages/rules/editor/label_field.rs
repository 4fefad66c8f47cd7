//! The name of a rule.

use domain::limits::check_label;
use leptos::prelude::*;

use super::state::EditorState;
use crate::browser;
use crate::forms::FieldError;
use crate::forms::rule_fields::LABEL;

/// The input, checked when the focus leaves it with something typed: an error under a name that nobody began would move what is being
/// clicked.
#[component]
pub(super) fn LabelField(editor: EditorState) -> impl IntoView {
    let form = editor.form;
    let id = form.part(LABEL);
    let error = format!("{id}-error");
    let invalid = move || form.field_error(LABEL).is_some();
    let begun = move || {
        let empty = editor.label.with_untracked(|label| label.trim().is_empty());
        !empty || editor.rule.with_value(Option::is_some)
    };
    let check = move || {
        let problem = editor.label.with_untracked(|label| check_label(label).err());
        form.set_field_error(LABEL, problem.map(|error| error.to_string()));
    };
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Name"</label>
            <input
                class="input"
                type="text"
                id=id
                name=LABEL
                dir="auto"
                required
                value=editor.label.get_untracked()
                prop:value=move || editor.label.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=move || invalid().then(|| error.clone())
                on:input=move |event| editor.apply(|| editor.label.set(event_target_value(&event)))
                on:blur=move |event| if form.is_mounted() && begun() && !browser::moves_to_form_buttons(&event) { check() }
            />
            <FieldError state=form name=LABEL />
        </div>
    }
    .into_any()
}
