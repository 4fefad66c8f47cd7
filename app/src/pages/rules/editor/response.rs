//! Reply with: a canned text or a prompt for the AI, and whether a person takes over.

use leptos::prelude::*;

use super::draft_warnings::ReplyWarnings;
use super::matcher::ai_disabled_reason;
use super::state::EditorState;
use crate::forms::rule_fields::LEAVE_TO_PERSON;
use crate::forms::{ReplyKind, ReplyText};

/// The part that begins with "Reply with".
#[component]
pub(super) fn ResponseFields(editor: EditorState) -> impl IntoView {
    let reply = editor.reply;
    let changed = Callback::new(move |()| editor.apply(|| {}));
    view! {
        <div class="rule-form__part">
            <div class="cluster">
                <h4 class="rule-form__word">"Reply with"</h4>
                <ReplyKind reply changed disabled_reason=ai_disabled_reason(editor) />
            </div>
            <ReplyText reply changed />
            <ReplyWarnings editor />
            <LeaveToPerson editor />
        </div>
    }
    .into_any()
}

/// "Then leave it to a person".
#[component]
fn LeaveToPerson(editor: EditorState) -> impl IntoView {
    let id = editor.form.part("leave");
    let hint = format!("{id}-hint");
    let leaves = editor.leave_to_person;
    let choose = move |event: web_sys::Event| {
        let ticked = event_target_checked(&event);
        editor.apply(|| leaves.set(ticked));
    };
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id.clone()
                name=LEAVE_TO_PERSON
                value="true"
                checked=leaves.get_untracked()
                prop:checked=move || leaves.get()
                aria-describedby=hint.clone()
                on:change=choose
            />
            <label for=id>"Then leave it to a person"</label>
            <p class="field__hint" id=hint>"After this reply Concierge keeps quiet in the conversation, and the overview lists it under “Needs you”."</p>
        </div>
    }
    .into_any()
}
