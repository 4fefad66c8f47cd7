//! Finding a rule in a long list, by its name, its keywords or what it answers.

use leptos::prelude::*;

use super::state::RulesState;
use crate::components::Icon;

/// Shorter lists are seen at a glance.
const WORTH_SEARCHING: u32 = 10;

/// The field; without WebAssembly it asks the server.
#[component]
pub fn Search(rules: RulesState) -> impl IntoView {
    let worth_it =
        Memo::new(move |_| rules.count() >= WORTH_SEARCHING || rules.search.with(|search| !search.is_empty()));
    let found = move || {
        rules.search.with(|search| !search.trim().is_empty()).then(|| {
            let shown = rules.ids().len();
            format!(
                "{shown} of {} rules. Clear the search to change the order.",
                rules.count()
            )
        })
    };
    view! {
        <Show when=move || worth_it.get()>
            <form class="search" role="search" method="get" on:submit=|event: web_sys::SubmitEvent| event.prevent_default()>
                <label class="visually-hidden" for="search-rules">"Search the rules"</label>
                <Icon name="search" />
                <input
                    class="input"
                    id="search-rules"
                    name="q"
                    type="search"
                    placeholder="Search names, keywords and replies"
                    autocomplete="off"
                    prop:value=move || rules.search.get()
                    value=rules.search.get_untracked()
                    on:input=move |event| rules.search.set(event_target_value(&event))
                />
            </form>
            <p class="muted small" role="status">{found}</p>
        </Show>
    }
    .into_any()
}
