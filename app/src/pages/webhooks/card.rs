//! One receiver: how it stands, and what can be done with it.

use domain::ids::WebhookEndpointId;
use domain::views::{Tone, WebhookEndpointCard, WebhookEventChoice};
use leptos::prelude::*;

use super::fields::{Saved, fields};
use super::{log, remove, secret};
use crate::components::{Announcer, Banner, Icon, PillView};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm, SavedMark, SwitchForm, track_saved};
use crate::json;

#[component]
pub(super) fn Card(card: Memo<WebhookEndpointCard>, choices: Vec<WebhookEventChoice>) -> impl IntoView {
    let id = untrack(|| card.with(|card| card.id));
    let title = format!("webhook-{id}-title");
    let labelled_by = title.clone();
    let note = Memo::new(move |_| card.with(|card| (card.pill.tone, card.note.clone())));
    let pill = Memo::new(move |_| card.with(|card| card.pill.clone()));
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="cluster cluster--between">
                <h2 class="card__title" id=title><bdi translate="no">{move || card.with(|card| card.url.clone())}</bdi></h2>
                {move || view! { <PillView pill=pill.get() /> }}
            </div>
            {move || {
                let description = card.with(|card| card.description.clone());
                (!description.is_empty()).then(|| view! { <p class="muted" dir="auto">{description}</p> })
            }}
            {move || note.with(|(tone, text)| {
                (!text.is_empty()).then(|| view! { <Banner tone=shown(*tone) text=text.clone() /> })
            })}
            <secret::Secret card />
            <div class="cluster">
                <SendTest id />
                <OnOff card />
                <LeaveOff card />
            </div>
            {edit(id, card, choices)}
            <log::Log card />
            <div class="cluster">
                <secret::NewSecret id />
                <remove::Remove card />
            </div>
        </section>
    }
    .into_any()
}

const fn shown(tone: Tone) -> Tone {
    match tone {
        Tone::Ok | Tone::Idle => Tone::Info,
        tone => tone,
    }
}

#[component]
fn SendTest(id: WebhookEndpointId) -> impl IntoView {
    let state = FormState::new(format!("test-webhook-{id}"), endpoints::TEST_WEBHOOK);
    let announcer = Announcer::expect();
    let said = RwSignal::new(String::new());
    let on_done = Callback::new(move |outcome: Outcome| {
        let answer = outcome.ok().and_then(|text| json::read::<String>(&text).ok());
        if let Some(answer) = answer {
            announcer.say(answer.clone());
            said.set(answer);
        }
    });
    let pending = state.pending();
    view! {
        <PostForm state label="Send a test" class="cluster" on_done>
            <input type="hidden" name="endpoint" value=id.to_string() />
            <FormError state />
            <button class="btn btn--sm" type="submit" aria-disabled=move || pending.get().then_some("true")>
                {move || if pending.get() { "Sending …" } else { "Send a test" }}
            </button>
            <span class="small muted" hidden=move || said.with(String::is_empty)>{move || said.get()}</span>
        </PostForm>
    }
    .into_any()
}

#[component]
fn OnOff(card: Memo<WebhookEndpointCard>) -> impl IntoView {
    let id = untrack(|| card.with(|card| card.id));
    let state = FormState::new(format!("switch-webhook-{id}"), endpoints::SWITCH_WEBHOOK);
    view! {
        <FormError state />
        <SwitchForm
            state
            on=Signal::derive(move || card.with(|card| card.enabled))
            subject=Signal::derive(move || format!("The receiver {}", card.with(|card| card.url.clone())))
            hidden_label=Signal::derive(move || format!("Webhooks to {}", card.with(|card| card.url.clone())))
        >
            <input type="hidden" name="endpoint" value=id.to_string() />
        </SwitchForm>
    }
    .into_any()
}

/// One that Concierge switched off is told on the overview until its owner switches it on, or leaves it off.
#[component]
fn LeaveOff(card: Memo<WebhookEndpointCard>) -> impl IntoView {
    let id = untrack(|| card.with(|card| card.id));
    let state = FormState::new(format!("leave-webhook-off-{id}"), endpoints::SWITCH_WEBHOOK);
    let asked = Memo::new(move |_| card.with(|card| !card.enabled && card.pill.tone == Tone::Bad));
    view! {
        <Show when=move || asked.get() fallback=|| ()>
            <PostForm state label="Leave it off">
                <input type="hidden" name="endpoint" value=id.to_string() />
                <input type="hidden" name="enabled" value="false" />
                <FormError state />
                <button class="btn btn--sm" type="submit">"Leave it off"</button>
            </PostForm>
        </Show>
    }
    .into_any()
}

fn edit(id: WebhookEndpointId, card: Memo<WebhookEndpointCard>, choices: Vec<WebhookEventChoice>) -> AnyView {
    let state = FormState::new(format!("save-webhook-{id}"), endpoints::SAVE_WEBHOOK);
    let (mark, on_done) = track_saved("The receiver is saved.");
    let saved = untrack(|| {
        card.with(|card| Saved {
            url: card.url.clone(),
            description: card.description.clone(),
            events: card.events.clone(),
        })
    });
    view! {
        <details class="more" open=state.was_restored()>
            <summary>
                <Icon name="right" />
                "Address and events"
            </summary>
            <PostForm state label="Address and events" class="stack" on_done>
                <input type="hidden" name="endpoint" value=id.to_string() />
                <FormError state fields=&["url", "description", "events"] />
                {fields(state, saved, choices)}
                <div class="form-foot">
                    <SavedMark saved=mark />
                    <button class="btn btn--primary" type="submit">"Save"</button>
                </div>
            </PostForm>
        </details>
    }
    .into_any()
}
