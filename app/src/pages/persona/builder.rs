//! What the owner writes: fields, or a text of their own.

use domain::limits::{MAX_PERSONA_CHARS, MAX_PERSONA_CHIPS};
use domain::persona::Voice;
use domain::views::PersonaConflict;
use leptos::prelude::*;

use super::fields::{Area, Line};
use super::foot::Foot;
use super::state::PersonaState;
use crate::forms::{
    ChipsField, ConflictBanner, DraftBanner, FACT_FIELDS, FormError, Hidden, OWN_TEXT, Outcome, PersonaForm, PostForm,
    editor_keys,
};

/// The form.
#[component]
pub(super) fn PersonaEditor(persona: PersonaState) -> impl IntoView {
    let form = persona.form;
    let discard = Callback::new(move |()| persona.discard());
    view! {
        <section class="card stack" aria-labelledby="persona-title" on:keydown=save_keys(persona)>
            <PostForm
                state=form
                label="Persona"
                class="stack persona-form"
                check=Callback::new(move |()| persona.check())
                on_send=Callback::new(move |()| persona.remember_sent())
                on_done=Callback::new(move |outcome: Outcome| persona.handle_answer(&outcome))
            >
                <div class="cluster cluster--between">
                    <h2 class="card__title" id="persona-title" tabindex="-1">"Your part"</h2>
                    <KindChoice persona />
                </div>
                {move || persona.conflict.get().map(|conflict| conflict_banner(persona, conflict))}
                {move || persona.draft.get().map(|when| view! { <DraftBanner when discard /> })}
                <FormError state=form fields=PersonaForm::FIELDS />
                <Hidden name="version" value=Signal::derive(move || persona.version.get().to_string()) />
                <div class="stack of-builder">
                    <Builder persona />
                </div>
                <div class="of-own-text">
                    <Area
                        persona
                        name=OWN_TEXT
                        label="Text"
                        hint="Who you are, how replies sound, what may be said, when a person takes over."
                        placeholder="You answer for Bloom & Stem, a florist in Amsterdam. Be warm and brief."
                        most=MAX_PERSONA_CHARS
                        tall=true
                    />
                </div>
                <Foot persona />
            </PostForm>
        </section>
    }
    .into_any()
}

/// Esc leaves a long form alone; Ctrl/Cmd+Enter saves.
fn save_keys(persona: PersonaState) -> impl Fn(web_sys::KeyboardEvent) + Clone + 'static {
    let keys = editor_keys(persona.form, Callback::new(|()| {}));
    move |event: web_sys::KeyboardEvent| {
        if event.key() != "Escape" {
            keys(event);
        }
    }
}

#[component]
fn KindChoice(persona: PersonaState) -> impl IntoView {
    let radio = move |value: &'static str, label: &'static str| {
        let chosen = move || {
            persona
                .typed
                .with(|typed| (typed.kind == OWN_TEXT) == (value == OWN_TEXT))
        };
        view! {
            <label>
                <input
                    type="radio"
                    name="kind"
                    value=value
                    checked=untrack(chosen)
                    prop:checked=chosen
                    on:change=move |_| persona.choose_kind(value)
                />
                {label}
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset>
            <legend class="visually-hidden">"How to write it"</legend>
            <div class="segmented">{radio("builder", "Builder")} {radio(OWN_TEXT, "Own text")}</div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Builder(persona: PersonaState) -> impl IntoView {
    let changed = Callback::new(move |()| persona.save_draft());
    view! {
        <VoiceChoice persona />
        <div class="columns">
            <Line persona name="business_name" label="Name of the business" placeholder="Bloom & Stem" />
            <Line persona name="business_kind" label="What it is" placeholder="a florist" />
        </div>
        <Line persona name="city" label="City or address" placeholder="Prinsengracht 214, Amsterdam" />
        <Area persona name="opening_hours" label="Opening hours" placeholder="Tuesday to Saturday, 9:00–18:00" />
        <Area persona name="goal" label="What a good reply does" placeholder="Answers the question, then offers one next step: our booking page or a visit." />
        <Line persona name="goal_link" label="Link to offer" kind="url" placeholder="https://bloom.example/booking" />
        <Facts persona />
        <ChipsField
            chips=persona.phrases
            label="Phrases you like"
            list_label="Phrases"
            placeholder="Add a phrase"
            most=MAX_PERSONA_CHIPS
            changed
        />
        <ChipsField
            chips=persona.avoid
            label="Topics to avoid"
            list_label="Topics to avoid"
            placeholder="Add a topic"
            most=MAX_PERSONA_CHIPS
            changed
        />
        <Area persona name="hand_over_when" label="Call a person when" placeholder="the customer is upset, asks for a refund, or the event is larger than 80 guests" />
    }
    .into_any()
}

#[component]
fn VoiceChoice(persona: PersonaState) -> impl IntoView {
    let radio = move |voice: &Voice| {
        let (voice, value) = (*voice, voice.as_str());
        let chosen = move || {
            persona
                .typed
                .with(|typed| typed.voice.parse::<Voice>().unwrap_or_default() == voice)
        };
        view! {
            <label>
                <input
                    type="radio"
                    name="voice"
                    value=value
                    checked=untrack(chosen)
                    prop:checked=chosen
                    on:change=move |_| persona.set("voice", value.to_owned())
                />
                {voice.label()}
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset>
            <legend class="field__label">"Voice"</legend>
            <div class="segmented segmented--block">{Voice::all().iter().map(radio).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// What may be said: the AI says no price, time or term that does not stand here.
#[component]
fn Facts(persona: PersonaState) -> impl IntoView {
    const LABELS: [(&str, &str); 5] = [
        ("Prices", "Bouquets from 25 euros."),
        (
            "Shipping",
            "We deliver in Amsterdam for 6 euros, orders before 14:00 on the same day.",
        ),
        (
            "Returns",
            "Flowers cannot be returned; what arrives broken is replaced within 24 hours.",
        ),
        ("Payment", "Card, cash and bank transfer."),
        ("Anything else", "We have a parking space behind the house."),
    ];
    let areas = FACT_FIELDS
        .into_iter()
        .zip(LABELS)
        .map(|(name, (label, placeholder))| view! { <Area persona name label placeholder per_line=true /> }.into_any());
    view! {
        <fieldset class="stack stack--3">
            <legend class="field__label">"Facts that may be said, one a line"</legend>
            <p class="field__hint">"A price, a time or a link that stands nowhere here is never sent."</p>
            {areas.collect_view()}
        </fieldset>
    }
    .into_any()
}

fn conflict_banner(persona: PersonaState, conflict: PersonaConflict) -> AnyView {
    let theirs = format!("says: “{}”", conflict.theirs.written());
    let take_theirs = Callback::new(move |()| persona.use_theirs());
    view! { <ConflictBanner what="the persona" by=conflict.changed_by at=conflict.changed_at theirs take_theirs /> }
        .into_any()
}
