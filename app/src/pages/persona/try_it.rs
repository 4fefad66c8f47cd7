//! "Try it": a message as a customer would write it, the answer of the AI, and every check of it. Nothing is sent.

use domain::answer_checks::HeldBy;
use domain::persona::ReplyAction;
use domain::views::{AnswerCheckLine, Place, TryAnswer};
use leptos::prelude::*;

use super::state::PersonaState;
use crate::components::{Icon, page_path};
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, Outcome, PostForm};
use crate::json;

/// The card.
#[component]
pub(super) fn TryIt(persona: PersonaState) -> impl IntoView {
    let state = FormState::new("try-persona", endpoints::TRY_PERSONA);
    let answer = RwSignal::new(None::<TryAnswer>);
    let on_done = Callback::new(move |outcome: Outcome| {
        let found = outcome.ok().and_then(|json| json::read::<TryAnswer>(&json).ok());
        if let Some(found) = &found {
            persona.announcer.say(verdict(found));
        }
        answer.set(found);
    });
    let unavailable = move || {
        persona.data.with(|page| match (page.ai_available, &page.in_use) {
            (false, _) => Some("The AI is off, so there is nothing to try yet."),
            (true, None) => Some("There is no approved text yet. Once there is one, it answers here."),
            (true, Some(_)) => None,
        })
    };
    let pending = state.pending();
    view! {
        <section class="card stack stack--3" aria-labelledby="try-it-title" id="try">
            <div class="cluster cluster--between">
                <h2 class="card__title" id="try-it-title">"Try it"</h2>
                <span class="muted small">"Sends nothing."</span>
            </div>
            <p class="field__hint">
                "The persona answers alone here, whatever your rules say. Rules are tried beside the list of an account, under Try a message: "
                <a href=page_path(Place::Accounts)>"Choose the account"</a>
                "."
            </p>
            {move || unavailable().map(|why| view! { <p class="note"><Icon name="info" />{why}</p> })}
            <p class="field__hint without-js">"Trying the persona needs JavaScript."</p>
            <div class="stack stack--3 needs-js" hidden=move || unavailable().is_some()>
                <PostForm state label="Try the persona" class="stack stack--3" on_done>
                    <FormError state fields=&["text"] />
                    <div class="field" class:is-invalid=move || state.field_error("text").is_some()>
                        <label class="field__label" for=state.part("text")>"What a customer might write"</label>
                        <textarea
                            class="textarea"
                            id=state.part("text")
                            name="text"
                            dir="auto"
                            rows="2"
                            placeholder="How much is a bridal bouquet?"
                            aria-invalid=move || state.field_error("text").is_some().then_some("true")
                            aria-describedby=format!("{} {}", state.part("text-error"), state.part("text-hint"))
                        ></textarea>
                        <FieldError state name="text" />
                        <p class="field__hint" id=state.part("text-hint")>"The approved text answers, not what is typed above."</p>
                    </div>
                    <div class="cluster">
                        <button class="btn" type="submit" aria-disabled=move || pending.get().then_some("true")>
                            <Icon name="play" />
                            {move || if pending.get() { "The AI is writing …" } else { "Try it" }}
                        </button>
                    </div>
                </PostForm>
                {move || answer.get().map(answered)}
            </div>
        </section>
    }
    .into_any()
}

fn verdict(answer: &TryAnswer) -> String {
    match (&answer.held_by, &answer.reply) {
        (Some(_), _) => "This would not be sent".to_owned(),
        (None, None) => "The AI had nothing to say".to_owned(),
        (None, Some(_)) => "This would be sent".to_owned(),
    }
}

fn answered(answer: TryAnswer) -> AnyView {
    let title = verdict(&answer);
    let stopped = answer.held_by.is_some() || answer.reply.is_none();
    let live = match answer.cost_credits {
        1 => "1 credit".to_owned(),
        credits => format!("{credits} credits"),
    };
    view! {
        <div class="verdict" class:verdict--stop=stopped>
            <p class="verdict__title">
                <Icon name=if stopped { "warn" } else { "ok" } />
                <span>{title}</span>
            </p>
            {answer.held_by.map(|why| {
                let next_step = next_step(&why);
                view! { <p class="small">{why} " " {next_step}</p> }
            })}
            {answer.reply.map(|reply| view! { <p class="bubble" dir="auto" translate="no">{reply}</p> })}
            {(answer.action == ReplyAction::HandOver)
                .then(|| view! { <p class="small">"Then the conversation is left to a person."</p> })}
            <p class="verdict__meta">
                <span>{format!("0 credits here, {live} live")}</span>
                <span>{format!("{} tokens", answer.tokens)}</span>
            </p>
        </div>
        <h3 class="field__label">"Checks"</h3>
        <ul class="trace">{answer.checks.into_iter().map(check).collect_view()}</ul>
    }
    .into_any()
}

/// What to do about an answer that would be held back for `why`.
fn next_step(why: &str) -> Option<&'static str> {
    let by = HeldBy::all().iter().find(|by| by.text() == why);
    by.map(|by| by.next_step())
}

fn check(line: AnswerCheckLine) -> AnyView {
    let (class, icon, word) = match line.passed {
        Some(true) => ("is-ok", "check", "passed"),
        Some(false) => ("is-stop", "bad", "held it back"),
        None => ("is-unread", "skip", "not reached"),
    };
    view! {
        <li class=class>
            <Icon name=icon />
            <strong>{line.name} <span class="visually-hidden">": " {word}</span></strong>
        </li>
    }
    .into_any()
}
