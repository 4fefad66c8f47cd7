//! `/admin/instagram/connect`: to Facebook and back, step by step. Every step is a page of its own and every choice a form.

mod choose;
mod done;
mod pages;
mod problem;
mod start;

use domain::views::{self, ConnectStep};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::browser;
use crate::components::{Icon, ListSkeleton, Loaded};
use crate::forms::Outcome;
use crate::json::{self, page_resource};
use crate::queries::{ConnectQuery, load_connect};

/// To Facebook.
const FACEBOOK: &str = "/instagram/connect";
/// To Facebook, asking again for what was declined.
const FACEBOOK_AGAIN: &str = "/instagram/connect?ask=permissions";
const ACCOUNTS: &str = "/admin/instagram";

/// What is shown; a form that was sent shows the next step.
type Shown = RwSignal<views::ConnectPage>;

/// Connecting accounts.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| {
        map.with(|map| ConnectQuery {
            attempt: map.get("visit").unwrap_or_default(),
            problem: map.get("problem").unwrap_or_default(),
        })
    });
    let page = page_resource(move || query.get(), load_connect);
    view! {
        <Title text="Connect an account" />
        <Loaded resource=page skeleton=|| view! { <ListSkeleton /> }.into_any() render=connect />
    }
}

fn connect(first: views::ConnectPage) -> AnyView {
    let shown = RwSignal::new(first);
    (move || step(shown.get(), shown)).into_any()
}

fn step(page: views::ConnectPage, shown: Shown) -> AnyView {
    let views::ConnectPage { attempt, step } = page;
    match step {
        ConnectStep::Start { connected, warning } => start::start(&connected, warning),
        ConnectStep::Problem { problem } => problem::problem(problem, attempt, shown),
        ConnectStep::Choose { candidates, dropped } => {
            choose::choose(candidates, dropped, attempt.unwrap_or_default(), shown)
        }
        ConnectStep::Done {
            accounts,
            failed,
            dropped,
        } => done::done(accounts, failed, dropped),
    }
}

fn head(title: &'static str, lead: String) -> AnyView {
    view! {
        <div class="page__head">
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href=ACCOUNTS>"Instagram accounts"</a>
                    <Icon name="right" />
                    <span aria-current="page">"Connect"</span>
                </nav>
                <h1 class="page__title">{title}</h1>
                {(!lead.is_empty()).then(|| view! { <p class="page__lead">{lead}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// Shows the step that a form led to, and begins reading at its top.
fn show_next_step(shown: Shown) -> Callback<Outcome> {
    Callback::new(move |outcome: Outcome| {
        let page = outcome.ok().and_then(|text| json::read(&text).ok());
        if let Some(page) = page {
            shown.set(page);
            browser::focus("#main");
            browser::scroll_to("#main");
        }
    })
}
