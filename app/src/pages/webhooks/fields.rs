//! Address, description and events of a receiver: the same for a new one and for one that is changed.

use domain::views::WebhookEventChoice;
use leptos::prelude::*;

use crate::forms::{FieldError, FormState, TextField};

/// What is filled in at first.
pub(super) struct Saved {
    pub(super) url: String,
    pub(super) description: String,
    pub(super) events: Vec<String>,
}

pub(super) fn fields(state: FormState, saved: Saved, choices: Vec<WebhookEventChoice>) -> AnyView {
    let restored = state.was_restored();
    let choice = |(index, choice): (usize, WebhookEventChoice)| {
        let name = format!("events[{index}]");
        let ticked = match restored {
            true => state.typed_list(&name).contains(&choice.name),
            false => saved.events.contains(&choice.name),
        };
        event(state, index, name, choice, ticked)
    };
    let events = choices.into_iter().enumerate().map(choice).collect_view();
    view! {
        <TextField
            state
            name="url"
            label="Address"
            kind="url"
            value=saved.url.clone()
            autocomplete="off"
            hint="Where webhooks are posted, such as https://shop.example/webhooks."
        />
        <TextField state name="description" label="What it is for" value=saved.description.clone() required=false autocomplete="off" hint="Only you see it." />
        <fieldset class="stack stack--2" aria-describedby=state.part("events-error")>
            <legend class="field__label">"Events"</legend>
            {events}
            <FieldError state name="events" />
        </fieldset>
    }
    .into_any()
}

fn event(state: FormState, index: usize, name: String, choice: WebhookEventChoice, ticked: bool) -> AnyView {
    let id = state.part(&format!("event-{index}"));
    let hint = format!("{id}-hint");
    view! {
        <div class="check">
            <input type="checkbox" id=id.clone() name=name value=choice.name.clone() checked=ticked aria-describedby=hint.clone() />
            <label for=id class="mono">{choice.name}</label>
            <p class="field__hint" id=hint>{choice.meaning}</p>
        </div>
    }
    .into_any()
}
