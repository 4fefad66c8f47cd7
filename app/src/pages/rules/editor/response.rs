//! Reply with: a canned text or a prompt for the AI, and whether a person takes over.

use domain::limits::check_canned;
use leptos::prelude::*;

use super::kinds::TwoKinds;
use super::matcher::ai_off;
use super::state::Editing;
use crate::browser;
use crate::components::ByteCounter;
use crate::forms::FieldError;

/// The part that begins with "Reply with".
#[component]
pub(super) fn ResponseFields(editing: Editing) -> impl IntoView {
    let by_ai = editing.by_ai;
    view! {
        <div class="rule-form__part">
            <div class="cluster">
                <h4 class="rule-form__word">"Reply with"</h4>
                <TwoKinds
                    name="response"
                    legend="How the reply is made"
                    chosen=by_ai
                    choose=Callback::new(move |ai| editing.changed(|| by_ai.set(ai)))
                    first=("canned", "text", "Canned")
                    second=("ai_prompt", "ai", "AI prompt")
                    off=ai_off(editing)
                />
            </div>
            <div hidden=move || by_ai.get()>
                <CannedField editing />
            </div>
            {move || by_ai.get().then(|| view! { <PromptField editing /> })}
            <LeaveToPerson editing />
        </div>
    }
    .into_any()
}

/// "Then leave it to a person".
#[component]
fn LeaveToPerson(editing: Editing) -> impl IntoView {
    let id = editing.form.part("leave");
    let hint = format!("{id}-hint");
    let leaves = editing.leave_to_person;
    let choose = move |event: web_sys::Event| {
        let ticked = event_target_checked(&event);
        editing.changed(|| leaves.set(ticked));
    };
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id.clone()
                name="leave_to_person"
                value="true"
                checked=leaves.get_untracked()
                prop:checked=move || leaves.get()
                aria-describedby=hint.clone()
                on:change=choose
            />
            <label for=id>"Then leave it to a person"</label>
            <p class="field__hint" id=hint>"After this reply Concierge keeps quiet in the conversation, and you get a notice."</p>
        </div>
    }
    .into_any()
}

#[component]
fn PromptField(editing: Editing) -> impl IntoView {
    let form = editing.form;
    let id = form.part("prompt");
    let error = format!("{id}-error");
    let invalid = move || form.field_error("prompt").is_some();
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"What the AI should say"</label>
            <textarea
                class="textarea"
                id=id
                name="prompt"
                dir="auto"
                prop:value=move || editing.prompt.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=error
                on:input=move |event| editing.changed(|| editing.prompt.set(event_target_value(&event)))
            >
                {editing.prompt.get_untracked()}
            </textarea>
            <FieldError state=form name="prompt" />
        </div>
    }
    .into_any()
}

#[component]
fn CannedField(editing: Editing) -> impl IntoView {
    let form = editing.form;
    let text = editing.canned;
    let id = form.part("canned");
    let foot = format!("{id}-foot");
    let invalid = move || form.field_error("canned").is_some();
    let described = {
        let (id, foot) = (id.clone(), foot.clone());
        move || {
            if invalid() {
                format!("{id}-error {foot}")
            } else {
                foot.clone()
            }
        }
    };
    let check = move || {
        let wrong = text.with_untracked(|text| check_canned(text).err());
        form.set_field_error("canned", wrong.map(|error| error.to_string()));
    };
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Text"</label>
            <textarea
                class="textarea"
                id=id
                name="canned"
                dir="auto"
                prop:value=move || text.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:input=move |event| {
                    editing.changed(|| text.set(event_target_value(&event)));
                    if invalid() {
                        check();
                    }
                }
                on:blur=move |event| if form.is_alive() && !browser::goes_to_buttons(&event) { check() }
            >
                {text.get_untracked()}
            </textarea>
            <FieldError state=form name="canned" />
            <div class="field__foot" id=foot>
                <span class="field__hint">"Sent exactly as written."</span>
                <ByteCounter text />
            </div>
        </div>
    }
    .into_any()
}
