//! The line that says that replies are automated.

use domain::disclosure;
use domain::limits::MAX_DISCLOSURE_BYTES;
use domain::views::SettingsPage;
use leptos::prelude::*;

use crate::browser;
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, PostForm, SavedMark, track_saved};
use crate::viewer::may_manage;

const WHEN: &str = "It stands before the first automatic reply of a conversation, after 7 days of silence, and when a \
    conversation comes back from a person.";

/// The card.
#[component]
pub fn DisclosureCard(page: SettingsPage) -> impl IntoView {
    let content = if may_manage() { form(page) } else { fact(page) };
    view! {
        <section class="card stack" aria-labelledby="disclosure-title">
            <h2 class="card__title" id="disclosure-title">"Automated replies"</h2>
            {content}
        </section>
    }
    .into_any()
}

fn fact(page: SettingsPage) -> AnyView {
    if page.disclosure.is_empty() {
        return view! { <p>"Replies do not say that they are automated."</p> }.into_any();
    }
    view! {
        <p class="bubble" dir="auto" translate="no">{page.disclosure}</p>
        <p class="muted small">{WHEN}</p>
    }
    .into_any()
}

fn form(page: SettingsPage) -> AnyView {
    let state = FormState::new("disclosure", endpoints::SAVE_DISCLOSURE);
    let line = state.field("disclosure", &page.disclosure);
    let check = move || {
        let problem = line.with_untracked(|line| disclosure::check(line).err());
        let is_valid = problem.is_none();
        state.set_field_error("disclosure", problem.map(|error| error.message));
        is_valid
    };
    let (saved, on_done) = track_saved("The line is saved.");
    view! {
        <PostForm state label="Automated replies" class="stack" check=Callback::new(move |()| check()) on_done guarded=true>
            <FormError state fields=&["disclosure"] />
            <Line state line check=Callback::new(move |()| check()) saved />
            <Preview line />
            <div class="form-foot">
                <SavedMark saved />
                <button class="btn btn--primary" type="submit">"Save"</button>
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Line(state: FormState, line: RwSignal<String>, check: Callback<(), bool>, saved: RwSignal<bool>) -> impl IntoView {
    let id = state.part("disclosure");
    let hint = format!("{id}-hint");
    let invalid = move || state.field_error("disclosure").is_some();
    let described = {
        let (id, hint) = (id.clone(), hint.clone());
        move || {
            if invalid() {
                format!("{id}-error {hint}")
            } else {
                hint.clone()
            }
        }
    };
    let bytes = move || line.with(|line| line.trim().len());
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Line before replies"</label>
            <input
                class="input"
                id=id
                name="disclosure"
                type="text"
                dir="auto"
                autocomplete="off"
                placeholder="This is an automated assistant."
                value=line.get_untracked()
                prop:value=move || line.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=described
                on:input=move |event| {
                    line.set(event_target_value(&event));
                    saved.set(false);
                    if invalid() {
                        check.run(());
                    }
                }
                on:blur=move |event| {
                    if state.is_mounted() && !browser::moves_to_form_buttons(&event) {
                        check.run(());
                    }
                }
            />
            <FieldError state name="disclosure" />
            <p class="field__hint" id=hint>
                {move || {
                    format!("{} of {MAX_DISCLOSURE_BYTES} bytes; it counts in the 1,000 bytes of the reply. Leave it empty to say nothing.", bytes())
                }}
            </p>
        </div>
    }
    .into_any()
}

/// How a reply begins with it.
#[component]
fn Preview(line: RwSignal<String>) -> impl IntoView {
    let said = move || line.with(|line| disclosure::check(line).ok().flatten());
    move || {
        match said() {
        None => view! { <p class="muted small">"Replies are sent without such a line."</p> }.into_any(),
        Some(line) => view! {
            <div class="stack stack--2">
                <p class="field__label">"A first reply then reads"</p>
                <p class="bubble" dir="auto" translate="no">{disclosure::before(Some(&line), "Hello! We are open from 9 to 18.")}</p>
                <p class="muted small">{WHEN}</p>
            </div>
        }
        .into_any(),
    }
    }
}
