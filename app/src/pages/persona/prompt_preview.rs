//! What the AI reads, word for word: a fixed part, the persona as it is typed, a fixed part.

use domain::persona::SafetyStatus;
use domain::persona::envelope::PromptPart;
use leptos::prelude::*;

use super::state::PersonaState;
use crate::components::Icon;
use crate::viewer::may_edit;

/// The three parts, shortened until every word is asked for.
#[component]
pub(super) fn PromptPreview(persona: PersonaState) -> impl IntoView {
    let parts = persona.data.with_untracked(|page| page.parts.clone());
    let fixed = parts
        .iter()
        .filter(|part| part.fixed)
        .map(|part| part.text.chars().count());
    let count = fixed.sum::<usize>();
    view! {
        <section class="card stack stack--3 prompt" aria-labelledby="prompt-title">
            <div class="cluster cluster--between">
                <h2 class="card__title" id="prompt-title">"What the AI reads"</h2>
                <span class="subtle small">
                    {move || match (persona.is_unsaved(), persona.data.with(|page| page.status.status)) {
                        (true, _) => "Once it is saved and approved",
                        (false, SafetyStatus::Approved) => "Exactly this, in this order",
                        (false, _) => "Once it is approved",
                    }}
                </span>
            </div>
            {parts.into_iter().enumerate().map(|(index, part)| view_part(persona, index + 1, part)).collect_view()}
            <details class="more">
                <summary>
                    <Icon name="right" />
                    "Show every word"
                </summary>
                <p class="muted small">
                    {format!("The fixed parts have {count} characters. Each request also has a random mark, which must never come back.")}
                </p>
            </details>
        </section>
    }
    .into_any()
}

fn view_part(persona: PersonaState, number: usize, part: PromptPart) -> AnyView {
    let title = format!("{number} · {}", part.title);
    if part.fixed {
        return view! {
            <div class="prompt-part">
                <div class="prompt-part__label">
                    <span>
                        <Icon name="lock" />
                        {title}
                    </span>
                </div>
                <p>{part.text}</p>
            </div>
        }
        .into_any();
    }
    let text = Memo::new(move |_| {
        if may_edit() {
            persona.values().content().written()
        } else {
            persona.data.with(|page| page.content.written())
        }
    });
    view! {
        <div class="prompt-part prompt-part--yours" id="prompt-yours" tabindex="-1">
            <div class="prompt-part__label">
                <span>
                    <Icon name="edit" />
                    {title}
                </span>
                <span>"then the rule’s prompt"</span>
            </div>
            <p dir="auto">{move || text.get()}</p>
        </div>
    }
    .into_any()
}
