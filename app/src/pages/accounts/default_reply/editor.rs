//! The open editor.

use domain::views::Tone;
use leptos::prelude::*;

use super::conflict::BothTexts;
use super::state::Editing;
use crate::browser;
use crate::components::{Banner, ByteCounter};
use crate::forms::{FieldError, FormError, Hidden, Outcome, PostForm};

/// A text area where the text was.
#[component]
pub fn Editor(editing: Editing) -> impl IntoView {
    let form = editing.form;
    let keys = move |event: web_sys::KeyboardEvent| {
        if browser::is_save_key(&event) {
            event.prevent_default();
            browser::submit(&form.id());
        } else if event.key() == "Escape" && !browser::is_composing(&event) {
            event.prevent_default();
            editing.cancel();
        }
    };
    view! {
        <PostForm
            state=form
            label="Edit the default reply"
            class="stack"
            check=Callback::new(move |()| editing.check())
            on_done=Callback::new(move |outcome: Outcome| editing.settle(&outcome))
        >
            {move || editing.conflict.get().map(|conflict| view! { <BothTexts editing conflict /> })}
            {move || editing.draft.get().map(|when| kept(editing, when))}
            <FormError state=form fields=&["canned"] />
            <input type="hidden" name="account" value=editing.account() />
            <Hidden name="version" value=Signal::derive(move || editing.version.get().to_string()) />
            <TextArea editing on_key=Callback::new(keys) />
            <div class="form-foot">
                <span class="kbd-hint">
                    <kbd>"Esc"</kbd>
                    " restores · "
                    <kbd>"Ctrl"</kbd>
                    " "
                    <kbd>"Enter"</kbd>
                    " saves"
                </span>
                <a
                    class="btn"
                    href="?"
                    on:click=move |event| {
                        event.prevent_default();
                        editing.cancel();
                    }
                >
                    "Cancel"
                </a>
                <button class="btn btn--primary" type="submit" aria-disabled=move || form.pending().get().then_some("true")>
                    {move || if form.pending().get() { "Saving …" } else { "Save" }}
                </button>
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn TextArea(editing: Editing, on_key: Callback<web_sys::KeyboardEvent>) -> impl IntoView {
    let form = editing.form;
    let text = editing.text;
    let id = form.part("canned");
    let foot = format!("{id}-foot");
    let described = {
        let (id, foot) = (id.clone(), foot.clone());
        move || {
            if form.field_error("canned").is_some() {
                format!("{id}-error {foot}")
            } else {
                foot.clone()
            }
        }
    };
    let invalid = move || form.field_error("canned").is_some();
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
                on:input=move |event| editing.type_in(event_target_value(&event))
                on:blur=move |event| {
                    if !browser::goes_to_buttons(&event) {
                        editing.check();
                    }
                }
                on:keydown=move |event| on_key.run(event)
            >
                {text.get_untracked()}
            </textarea>
            <FieldError state=form name="canned" />
            <div class="field__foot" id=foot>
                <span class="field__hint">"Emoji and accents count for more than one byte."</span>
                <ByteCounter text />
            </div>
        </div>
    }
    .into_any()
}

fn kept(editing: Editing, when: String) -> AnyView {
    view! {
        <Banner tone=Tone::Info icon="undo" text=format!("We kept what you were writing {when}.")>
            <button class="btn btn--sm" type="button" on:click=move |_| editing.cancel()>"Discard it"</button>
        </Banner>
    }
    .into_any()
}
