//! `/admin`: one sentence, what needs the reader, then detail.

mod accounts;
mod attention;
mod setup;

use domain::views::{Overview, Tone};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Banner, DayChart, Legend, Loaded, PageSkeleton, StatusLine, has_ai, live_query};
use crate::json::page_resource;
use crate::queries::load_overview;

/// The state of the whole tenant.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let page = page_resource(|| (), |()| load_overview());
    view! {
        <Title text="Overview" />
        <h1 class="visually-hidden">"Overview"</h1>
        <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=overview />
    }
}

fn overview(first: Overview) -> AnyView {
    let data = live_query(first, load_overview);
    (move || data.with(|page| parts(page.clone()))).into_any()
}

fn parts(page: Overview) -> AnyView {
    let ready = page.checklist.complete;
    view! {
        <div class="stack stack--6">
            <StatusLine status=page.status large=true />
            {page.out_of_credits.then(no_credits)}
            {(!page.attention.is_empty()).then(|| view! { <attention::AttentionList items=page.attention /> })}
            {if ready {
                view! {
                    <div class="split">
                        <div class="stack stack--6">
                            <Replies days=page.days />
                            <accounts::AccountList accounts=page.accounts />
                        </div>
                        <setup::SetupChecklist checklist=page.checklist />
                    </div>
                }
                    .into_any()
            } else {
                view! {
                    <div class="split">
                        <setup::SetupChecklist checklist=page.checklist />
                        {(!page.accounts.is_empty()).then(|| view! { <accounts::AccountList accounts=page.accounts /> })}
                    </div>
                    {page.days.iter().any(|day| day.canned + day.ai + day.not_answered > 0).then(|| view! { <Replies days=page.days /> })}
                }
                    .into_any()
            }}
        </div>
    }
    .into_any()
}

fn no_credits() -> AnyView {
    view! {
        <Banner
            tone=Tone::Bad
            icon="credits"
            title="Your reply credits are used up"
            text="Every reply costs one credit. New DMs are logged as “not answered: no credits” and are not answered later."
        >
            <a class="btn btn--primary btn--sm" href="/admin/credits">"See the credits"</a>
        </Banner>
    }
    .into_any()
}

#[component]
fn Replies(days: Vec<domain::views::DayUse>) -> impl IntoView {
    let ai = has_ai(&days);
    view! {
        <section class="card" aria-labelledby="replies-title">
            <div class="card__head">
                <h2 class="card__title" id="replies-title">"Replies per day"</h2>
                <Legend ai unanswered=true />
            </div>
            <DayChart days title="Replies per day" unanswered=true />
        </section>
    }
    .into_any()
}
