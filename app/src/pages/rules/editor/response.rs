//! Reply with: the canned text. The choice of the kind of response comes with the second kind.

use domain::limits::check_canned;
use leptos::prelude::*;

use super::state::Editing;
use crate::browser;
use crate::components::ByteCounter;
use crate::forms::FieldError;

/// The part that begins with "Reply with".
#[component]
pub(super) fn ResponseFields(editing: Editing) -> impl IntoView {
    view! {
        <div class="rule-form__part">
            <div class="cluster">
                <h4 class="rule-form__word">"Reply with"</h4>
            </div>
            <CannedField editing />
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
                required
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
