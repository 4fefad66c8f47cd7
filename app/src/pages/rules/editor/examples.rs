//! How customers say what they want: one example a line.

use domain::limits::{MAX_INTENT_EXAMPLES, check_intent_example};
use domain::rules::split_examples;
use leptos::prelude::*;

use super::state::EditorState;
use crate::browser;
use crate::forms::rule_fields::EXAMPLES;
use crate::forms::{FieldError, textarea_text};

/// From so many on a rule recognises most of what customers mean.
const ENOUGH: usize = 3;

/// The lines.
#[component]
pub(super) fn ExamplesField(editor: EditorState) -> impl IntoView {
    let form = editor.form;
    let id = form.part(EXAMPLES);
    let hint = format!("{id}-hint");
    let invalid = move || form.field_error(EXAMPLES).is_some();
    let described = {
        let (error, hint) = (format!("{id}-error"), hint.clone());
        move || {
            if invalid() {
                format!("{error} {hint}")
            } else {
                hint.clone()
            }
        }
    };
    let check = move || form.set_field_error(EXAMPLES, editor.examples.with_untracked(|text| problem(text)));
    let count = Memo::new(move |_| editor.examples.with(|text| split_examples(text).len()));
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"How customers say it, one example a line"</label>
            <textarea
                class="textarea"
                id=id
                name=EXAMPLES
                dir="auto"
                rows="3"
                placeholder="Do you have a table for two tonight?"
                prop:value=move || editor.examples.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:input=move |event| {
                    editor.apply(|| editor.examples.set(event_target_value(&event)));
                    if invalid() {
                        check();
                    }
                }
                on:blur=move |event| if form.is_mounted() && !browser::moves_to_form_buttons(&event) { check() }
            >
                {textarea_text(&editor.examples.read_untracked())}
            </textarea>
            <FieldError state=form name=EXAMPLES />
            <p class="field__hint" id=hint>{move || advice(count.get())}</p>
        </div>
    }
    .into_any()
}

/// The first example that breaks a limit; the rest of the limits is checked with the whole form.
fn problem(text: &str) -> Option<String> {
    let error = split_examples(text)
        .iter()
        .find_map(|line| check_intent_example(line).err());
    error.map(|error| error.to_string())
}

/// What more examples would do.
fn advice(count: usize) -> String {
    match count {
        0 => "Three examples make the difference: with the description alone the rule is shy and misses about half."
            .into(),
        count if count < ENOUGH => {
            let missing = ENOUGH - count;
            format!(
                "{count} of {MAX_INTENT_EXAMPLES}. Add {missing} more, in the words and languages of your customers."
            )
        }
        count => format!("{count} of {MAX_INTENT_EXAMPLES}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_asks_for_three() {
        assert!(advice(0).starts_with("Three examples"));
        assert!(advice(2).contains("Add 1 more"));
        assert_eq!(advice(3), "3 of 8.");
    }

    #[test]
    fn a_line_that_is_too_long_is_named() {
        assert_eq!(problem("a table?\n\nfor two"), None);
        assert!(problem(&"x".repeat(201)).is_some_and(|text| text.contains("200")));
    }
}
