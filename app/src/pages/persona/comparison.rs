//! Two versions side by side, as the address asks for them.

use domain::persona::PersonaChange;
use domain::views::{PersonaComparison, Tone};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::browser;
use crate::components::{Banner, ExactTime};
use crate::error::AppError;
use crate::json::page_resource;
use crate::queries::compare_personas;

/// Nothing until two versions are chosen.
#[component]
pub(super) fn Comparison() -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| {
        let number = |name: &str| query.with(|query| query.get(name).and_then(|text| text.parse::<i64>().ok()));
        number("one").zip(number("other"))
    });
    let comparison = page_resource(
        move || chosen.get(),
        |chosen| async move {
            match chosen {
                Some((one, other)) => compare_personas(one, other).await.map(Some),
                None => Ok(None),
            }
        },
    );
    Effect::new(move |_| {
        if chosen.get().is_some() {
            browser::focus_when_present("#compare-title");
        }
    });
    view! {
        <Transition>
            {move || Suspend::new(async move { shown(comparison.await) })}
        </Transition>
    }
    .into_any()
}

fn shown(comparison: Result<Option<PersonaComparison>, AppError>) -> AnyView {
    let found = match comparison {
        Ok(None) => return ().into_any(),
        Ok(Some(found)) => found,
        Err(error) => return view! { <Banner tone=Tone::Warn text=error.to_string() /> }.into_any(),
    };
    let title = format!(
        "Version {} beside version {}",
        found.after.version, found.before.version
    );
    let nothing = found.diff.is_empty();
    view! {
        <section class="card stack stack--3" aria-labelledby="compare-title" id="compare">
            <div class="cluster cluster--between">
                <h2 class="card__title" id="compare-title" tabindex="-1">{title}</h2>
                <a class="link-btn" href="?#versions">"Close"</a>
            </div>
            <p class="muted small"><ExactTime moment=found.before.saved /> " → " <ExactTime moment=found.after.saved /></p>
            {if nothing {
                view! { <p>"They say the same."</p> }.into_any()
            } else {
                view! { <dl class="diff__facets">{found.diff.changes.into_iter().map(change).collect_view()}</dl> }.into_any()
            }}
        </section>
    }
    .into_any()
}

fn change(change: PersonaChange) -> AnyView {
    let before = (!change.before.is_empty())
        .then(|| view! { <del dir="auto" translate="no"><span class="visually-hidden" translate="yes">"Before: "</span>{change.before}</del> });
    let after = (!change.after.is_empty())
        .then(|| view! { <ins dir="auto" translate="no"><span class="visually-hidden" translate="yes">"After: "</span>{change.after}</ins> });
    view! {
        <dt>{change.what}</dt>
        <dd>{before} {after}</dd>
    }
    .into_any()
}
