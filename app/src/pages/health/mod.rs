//! `/admin/health`: every connection, each problem with its fix.

mod account;
mod facts;

use domain::views::{self, Checking};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Announcer, EmptyState, Icon, ListSkeleton, Loaded, live_query};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};
use crate::json::page_resource;
use crate::operator::OperatorLine;
use crate::queries::load_health;
use crate::viewer::{may_edit, may_manage};

/// The state of all connections.
#[component]
pub fn HealthPage() -> impl IntoView {
    let page = page_resource(|| (), |()| load_health());
    view! {
        <Title text="Health" />
        <Loaded resource=page skeleton=|| view! { <ListSkeleton /> }.into_any() render=health />
    }
}

fn health(first: views::HealthPage) -> AnyView {
    let data = live_query(first, load_health);
    let state = FormState::new("check-all", endpoints::CHECK_ALL_ACCOUNTS);
    let checking = Signal::derive(move || data.with(|page| page.checking));
    let any = Memo::new(move |_| data.with(|page| !page.accounts.is_empty()));
    view! {
        <div class="page__head">
            <div>
                <h1 class="page__title">"Health"</h1>
                <p class="page__lead">{move || data.with(|page| page.summary.clone())}</p>
                <OperatorLine />
            </div>
            {may_edit()
                .then(|| {
                    view! { <div class="page__actions" hidden=move || !any.get()><CheckAll state checking /></div> }
                })}
        </div>
        <div class="stack stack--6">
            <FormError state />
            {move || data.with(|page| facts::facts(page.facts.clone()))}
            <For
                each=move || data.with(|page| page.accounts.iter().map(|account| account.brief.id).collect::<Vec<_>>())
                key=|id| *id
                children=move |id| {
                    let find = move || data.with(|page| page.accounts.iter().find(|account| account.brief.id == id).cloned());
                    let first = untrack(find)?;
                    // An account that left the list is drawn as it was until it is taken away.
                    let account = Memo::new(move |before: Option<&views::AccountHealth>| {
                        find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
                    });
                    Some(view! { <account::Account account /> })
                }
            />
            <Show when=move || !any.get() fallback=|| ()>
                {nothing()}
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn CheckAll(state: FormState, checking: Signal<Option<Checking>>) -> impl IntoView {
    let announcer = Announcer::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            announcer.say("All accounts are being checked.");
        }
    });
    let pending = state.pending();
    let busy = Memo::new(move |_| pending.get() || checking.with(Option::is_some));
    view! {
        <PostForm state label="Check all accounts" on_done>
            <button class="btn" type="submit" aria-disabled=move || busy.get().then_some("true")>
                <Icon name="sync" />
                {move || match checking.get() {
                    Some(run) => format!("Checking {} of {} …", run.checked, run.accounts),
                    None if busy.get() => "Checking …".to_owned(),
                    None => "Check all now".to_owned(),
                }}
            </button>
        </PostForm>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title="No account is connected" text="Once one is, its token, permissions and deliveries stand here.">
            {may_manage()
                .then(|| {
                    view! {
                        <div class="cluster">
                            <a class="btn btn--primary" href="/admin/instagram/connect">"Connect account"</a>
                        </div>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}
