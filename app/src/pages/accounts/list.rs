//! `/admin/instagram`: all accounts, broken ones first.

use domain::views::{self, Place};
use leptos::prelude::*;
use leptos_meta::Title;

use super::card::Card;
use crate::components::{EmptyState, Icon, ListSkeleton, Loaded, live_query, page_path};
use crate::json::page_resource;
use crate::queries::load_accounts;
use crate::viewer::may_manage;

/// All accounts as cards.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let page = page_resource(|| (), |()| load_accounts());
    view! {
        <Title text="Instagram accounts" />
        <Loaded resource=page skeleton=|| view! { <ListSkeleton /> }.into_any() render=accounts />
    }
}

fn accounts(first: views::AccountsPage) -> AnyView {
    let data = live_query(first, load_accounts);
    view! {
        <div class="page__head">
            <div>
                <h1 class="page__title">"Instagram accounts"</h1>
                <p class="page__lead">{move || data.with(|page| page.summary.clone())}</p>
            </div>
            {may_manage()
                .then(|| {
                    view! {
                        <div class="page__actions" hidden=move || data.with(|page| page.accounts.is_empty())>
                            <a class="btn btn--primary" href=page_path(Place::Connect)>
                                <Icon name="plus" />
                                "Connect account"
                            </a>
                        </div>
                    }
                })}
        </div>
        <Show when=move || data.with(|page| !page.accounts.is_empty()) fallback=nothing>
            <ul class="cards">
                <For
                    each=move || data.with(|page| page.accounts.iter().map(|card| card.brief.id).collect::<Vec<_>>())
                    key=|id| *id
                    children=move |id| {
                        let find = move || data.with(|page| page.accounts.iter().find(|card| card.brief.id == id).cloned());
                        let first = untrack(find)?;
                        // An account that left the list is drawn as it was until its card is taken away.
                        let card = Memo::new(move |before: Option<&views::AccountCard>| {
                            find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
                        });
                        Some(view! { <Card card /> })
                    }
                />
            </ul>
        </Show>
    }
    .into_any()
}

fn nothing() -> AnyView {
    let text = if may_manage() {
        "It takes about two minutes. You sign in with Facebook, choose the account, and nothing is answered until you switch it on."
    } else {
        "An owner of this workspace connects it. Nothing is answered until it is switched on."
    };
    view! {
        <EmptyState title="Connect your first Instagram account" text>
            <ul class="checklist measure" aria-label="What you need">
                <Need name="A professional Instagram account" help="Business or Creator. Free to change in the Instagram app." />
                <Need name="Linked to a Facebook Page" help="And you can manage that Page." />
                <Need
                    name="“Allow access to messages” switched on"
                    help="In the Instagram app, under Message controls → Connected tools."
                />
            </ul>
            {may_manage()
                .then(|| {
                    view! {
                        <div class="cluster">
                            <a class="btn btn--primary" href=page_path(Place::Connect)>"Connect account"</a>
                        </div>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Need(name: &'static str, help: &'static str) -> impl IntoView {
    view! {
        <li>
            <Icon name="todo" />
            <strong>{name}</strong>
            <span>{help}</span>
        </li>
    }
}
