//! How often one customer gets the default reply.

use domain::default_reply::DefaultReplyFrequency;
use domain::views::AccountPage;
use leptos::prelude::*;

use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, PostForm, SavedMark, track_saved};
use crate::viewer::may_edit;

const FREQUENCY: &str = "frequency";

/// The choice; for who may not make it, what was chosen.
pub(super) fn frequency(data: RwSignal<AccountPage>) -> AnyView {
    if may_edit() {
        return view! { <Frequency data /> }.into_any();
    }
    view! { <p class="muted small">{move || data.with(|page| page.default_frequency.sentence())}</p> }.into_any()
}

const fn label(frequency: DefaultReplyFrequency) -> &'static str {
    match frequency {
        DefaultReplyFrequency::EveryTime => "Every time",
        DefaultReplyFrequency::OnceADay => "At most once a day",
    }
}

#[component]
fn Frequency(data: RwSignal<AccountPage>) -> impl IntoView {
    let state = FormState::new("default-frequency", endpoints::SAVE_DEFAULT_REPLY_FREQUENCY);
    let (saved, on_done) = track_saved("Saved.");
    let (account, frequency) = data.with_untracked(|page| (page.card.brief.id, page.default_frequency));
    let chosen = state.typed(FREQUENCY, frequency.as_str());
    let options = DefaultReplyFrequency::all().iter().map(|frequency| {
        let value = frequency.as_str();
        view! { <option value=value selected=value == chosen>{label(*frequency)}</option> }
    });
    let options = options.collect_view();
    let id = state.part(FREQUENCY);
    let hint = format!("{id}-hint");
    view! {
        <PostForm state label="How often it is sent" class="stack stack--2" on_done guarded=true>
            <FormError state fields=&[FREQUENCY] />
            <input type="hidden" name="account" value=account.to_string() />
            <div class="field" class:is-invalid=move || state.field_error(FREQUENCY).is_some()>
                <label class="field__label" for=id.clone()>"Send it to one customer"</label>
                <div class="cluster">
                    <select
                        class="select select--inline"
                        id=id.clone()
                        name=FREQUENCY
                        aria-describedby=format!("{id}-error {hint}")
                        on:change=move |_| saved.set(false)
                    >
                        {options}
                    </select>
                    <button class="btn" type="submit">"Save"</button>
                    <SavedMark saved />
                </div>
                <FieldError state name=FREQUENCY />
                <p class="field__hint" id=hint>
                    "Once a day: a customer whom no rule answers gets nothing more for 24 hours, and no credit is used. Rules answer all the same."
                </p>
            </div>
        </PostForm>
    }
    .into_any()
}
