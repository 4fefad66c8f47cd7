//! What reached this server last.

use domain::views::{HealthFact, Tone};
use leptos::prelude::*;

use crate::components::{Icon, RelativeTime, tone_icon};

/// A card with one number each.
pub(super) fn facts(facts: Vec<HealthFact>) -> AnyView {
    view! {
        <section class="card" aria-labelledby="server-title">
            <h2 class="visually-hidden" id="server-title">"This server"</h2>
            <div class="stats">{facts.into_iter().map(fact).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn fact(fact: HealthFact) -> AnyView {
    let at = match fact.at {
        Some(at) => view! { <RelativeTime moment=at /> }.into_any(),
        None => "Never".into_any(),
    };
    let note = (!fact.note.is_empty()).then(|| match fact.tone {
        Tone::Warn | Tone::Bad => view! {
            <span class="note note--warn">
                <Icon name=tone_icon(fact.tone) />
                {fact.note}
            </span>
        }
        .into_any(),
        _ => view! { <span class="subtle small">{fact.note}</span> }.into_any(),
    });
    view! {
        <div class="stat">
            <span class="stat__label">{fact.label}</span>
            <span class="strong num">{at}</span>
            {note}
        </div>
    }
    .into_any()
}
