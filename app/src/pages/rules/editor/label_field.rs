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
    let hint = format!("{id}-hint");
    let same_name = Memo::new(move |_| editor.rule_of_same_name().map(told_apart));
    let described = {
        let hint = hint.clone();
        move || {
            let error = invalid().then_some(error.as_str());
            let hint = same_name.with(Option::is_some).then_some(hint.as_str());
            let parts: Vec<&str> = error.into_iter().chain(hint).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
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
                aria-describedby=described
                on:input=move |event| editor.apply(|| editor.label.set(event_target_value(&event)))
                on:blur=move |event| if form.is_mounted() && begun() && !browser::moves_to_form_buttons(&event) { check() }
            />
            <FieldError state=form name=LABEL />
            {move || same_name.get().map(|sentence| view! { <p class="field__hint" id=hint.clone()>{sentence}</p> })}
        </div>
    }
    .into_any()
}

impl EditorState {
    /// The number of another rule that is called the same.
    fn rule_of_same_name(&self) -> Option<u32> {
        let mine = self.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id));
        let name = self.label.with(|label| label.trim().to_lowercase());
        self.rules.data.with(|page| {
            let mut others = page.rules.iter().filter(|row| Some(row.rule.id) != mine);
            let same = others.find(|row| row.rule.label.trim().to_lowercase() == name)?;
            Some(same.position)
        })
    }
}

fn told_apart(position: u32) -> String {
    format!("Rule {position} has this name too. The log tells them apart by number only.")
}
