//! Banners above the list: another person changed it, or a change was not saved. Nothing is lost in either case.

use domain::views::{ListConflict, Tone};
use leptos::prelude::*;

use super::moves::Move;
use super::state::RulesState;
use crate::components::Banner;

/// The banners above the list.
#[component]
pub fn ListConflictBanner(rules: RulesState) -> impl IntoView {
    move || {
        if let Some((conflict, request)) = rules.conflict.get() {
            return both(rules, conflict, request);
        }
        rules
            .failed
            .get()
            .map_or_else(|| ().into_any(), |(sentence, request)| failed(rules, sentence, request))
    }
}

fn both(rules: RulesState, conflict: ListConflict, request: Move) -> AnyView {
    let who = conflict.changed_by.unwrap_or_else(|| "Somebody".into());
    let title = format!("{who} changed this list at {}", conflict.changed_at.clock);
    let mine = rules.label_and_position(request.rule).map_or_else(
        || "The rule you moved is gone.".to_owned(),
        |(label, at)| format!("You moved “{label}” from {at} to {}. Both fit together.", request.to),
    );
    let text = format!("{} {mine}", conflict.what.unwrap_or_default());
    let keep = move |_| {
        rules.conflict.set(None);
        rules.move_rule(request);
    };
    view! {
        <Banner tone=Tone::Warn alert=true title text=text.trim().to_owned()>
            <button class="btn btn--sm" type="button" on:click=move |_| rules.conflict.set(None)>
                {if who == "Somebody" { "Use their list".to_owned() } else { format!("Use {who}’s list") }}
            </button>
            <button class="btn btn--primary btn--sm" type="button" on:click=keep>"Keep both changes"</button>
        </Banner>
    }
    .into_any()
}

fn failed(rules: RulesState, sentence: String, request: Move) -> AnyView {
    let again = move |_| {
        rules.failed.set(None);
        rules.move_rule(request);
    };
    view! {
        <Banner
            tone=Tone::Bad
            alert=true
            title="The new order was not saved"
            text=format!("{sentence} The list is back as it was; your open edits are still here.")
        >
            <button class="btn btn--sm" type="button" on:click=again>"Move it again"</button>
        </Banner>
    }
    .into_any()
}
