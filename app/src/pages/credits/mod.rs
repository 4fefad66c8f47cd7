//! `/admin/credits`: balance, use per day, and every change of the balance.

mod balance;
mod ledger;

use domain::views;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::components::{DayChart, Legend, PageSkeleton, Reload, has_ai, render_or_error};
use crate::json::page_resource;
use crate::operator::OperatorLine;
use crate::queries::{LedgerQuery, load_credits};

/// The credits of the tenant.
#[component]
pub fn CreditsPage() -> impl IntoView {
    let reload = Reload::expect();
    let map = use_query_map();
    let query = Memo::new(move |_| {
        map.with(|map| LedgerQuery {
            show: map.get("show").unwrap_or_default(),
            from: map.get("from").unwrap_or_default(),
            to: map.get("to").unwrap_or_default(),
            older: map.get("older").unwrap_or_default(),
            newer: map.get("newer").unwrap_or_default(),
        })
    });
    let page = page_resource(move || (query.get(), reload.count()), |(query, _)| load_credits(query));
    view! {
        <Title text="Credits" />
        <div class="page__head">
            <div>
                <h1 class="page__title">"Credits"</h1>
                <p class="page__lead">
                    "Every reply that reaches a customer costs one credit, canned or AI. A reply that fails gives it back. Whoever runs this Concierge grants more."
                </p>
                <OperatorLine />
            </div>
        </div>
        <Transition fallback=|| view! { <PageSkeleton /> }>
            {move || Suspend::new(async move { render_or_error(page.await, credits) })}
        </Transition>
    }
}

fn credits(page: views::CreditsPage) -> AnyView {
    let ai = has_ai(&page.days);
    let days = page.days.clone();
    view! {
        <div class="stack stack--6">
            {balance::warning(&page)}
            <div class="split split--even">
                {balance::balance(&page)}
                <section class="card stack" aria-labelledby="use-title">
                    <div class="cluster cluster--between">
                        <h2 class="card__title" id="use-title">"Used per day"</h2>
                        <Legend ai />
                    </div>
                    <DayChart days title="Credits used per day" />
                </section>
            </div>
            {ledger::ledger(&page)}
        </div>
    }
    .into_any()
}
