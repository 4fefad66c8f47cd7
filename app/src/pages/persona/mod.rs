//! `/admin/persona`: how every AI reply sounds, how far the check of that text is, and what the AI reads word for word.

mod banner;
mod builder;
mod comparison;
mod fields;
mod foot;
mod prompt_preview;
mod state;
mod try_it;
mod versions;

use domain::views;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Loaded, PageSkeleton};
use crate::json::page_resource;
use crate::queries::load_persona;
use crate::viewer::may_edit;
use state::PersonaState;

/// The persona of the workspace.
#[component]
pub fn PersonaPage() -> impl IntoView {
    let page = page_resource(|| (), |()| load_persona());
    view! {
        <Title text="Persona" />
        <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=persona />
    }
}

fn persona(first: views::PersonaPage) -> AnyView {
    let persona = PersonaState::new(first);
    persona.restore_draft();
    persona.follow_saved();
    persona.announce_status();
    view! {
        <div class="page__head">
            <div>
                <h1 class="page__title">"Persona"</h1>
                <p class="page__lead">
                    "How every AI reply sounds, on all accounts of this workspace; what differs between them belongs into their rules. "
                    "A business with a voice of its own needs its own workspace. Canned replies do not use it."
                </p>
            </div>
        </div>
        <div class="stack stack--6">
            <banner::StatusBanner persona />
            <div class="split split--even">
                <div class="stack stack--6">
                    {may_edit().then(|| view! { <builder::PersonaEditor persona /> <try_it::TryIt persona /> })}
                </div>
                <div class="stack stack--6">
                    <prompt_preview::PromptPreview persona />
                    <comparison::Comparison />
                    <versions::Versions persona />
                </div>
            </div>
        </div>
    }
    .into_any()
}
