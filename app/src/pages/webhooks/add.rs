//! A new receiver.

use domain::views::WebhookEventChoice;
use leptos::prelude::*;

use super::fields::{Saved, fields};
use crate::browser;
use crate::components::Announcer;
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};

const FORM: &str = "add-webhook";

/// The card.
#[component]
pub(super) fn AddCard(choices: Vec<WebhookEventChoice>) -> impl IntoView {
    let state = FormState::new(FORM, endpoints::ADD_WEBHOOK);
    let announcer = Announcer::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            announcer.say("The receiver is added. Copy its secret now.");
            browser::clear_inputs(&format!("#{FORM}"));
        }
    });
    let saved = Saved {
        url: String::new(),
        description: String::new(),
        events: choices.iter().map(|choice| choice.name.clone()).collect(),
    };
    let pending = state.pending();
    view! {
        <section class="card stack" aria-labelledby="add-webhook-title">
            <h2 class="card__title" id="add-webhook-title">"Add a receiver"</h2>
            <PostForm state label="Add a receiver" class="stack" on_done>
                <FormError state fields=&["url", "description", "events"] />
                <div class="stack">{fields(state, saved, choices)}</div>
                <div class="form-foot">
                    <button class="btn btn--primary" type="submit" aria-disabled=move || pending.get().then_some("true")>"Add"</button>
                </div>
            </PostForm>
        </section>
    }
    .into_any()
}
