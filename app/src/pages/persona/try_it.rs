//! "Try it": a message as a customer would write it, the answer of the AI, and every check of it. Nothing is sent.

use domain::views::{Place, TryAnswer};
use leptos::prelude::*;

use super::state::PersonaState;
use crate::components::{Icon, page_path};
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, Outcome, PostForm};
use crate::json;
use crate::pages::ai_answer::{AiAnswer, answer_title};

/// The card.
#[component]
pub(super) fn TryIt(persona: PersonaState) -> impl IntoView {
    let state = FormState::new("try-persona", endpoints::TRY_PERSONA);
    let answer = RwSignal::new(None::<TryAnswer>);
    let on_done = Callback::new(move |outcome: Outcome| {
        let found = outcome.ok().and_then(|json| json::read::<TryAnswer>(&json).ok());
        if let Some(found) = &found {
            persona.announcer.say(answer_title(found).to_owned());
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
                <PostForm state label="Try the persona" class="stack stack--3" on_done changes_nothing=true>
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
                        <p class="field__hint" id=state.part("text-hint")>
                            "The approved text answers, not what is typed above. Only checked text reaches the AI: save, and try when the check is done."
                        </p>
                    </div>
                    <div class="cluster">
                        <button class="btn" type="submit" aria-disabled=move || pending.get().then_some("true")>
                            <Icon name="play" />
                            {move || if pending.get() { "The AI is writing …" } else { "Try it" }}
                        </button>
                    </div>
                </PostForm>
                {move || answer.get().map(|answer| view! { <AiAnswer answer /> })}
            </div>
        </section>
    }
    .into_any()
}
