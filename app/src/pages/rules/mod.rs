//! `/admin/rules/instagram/{id}`: the rules of one account, in order.

mod changes;
mod conflict;
mod deleted;
mod editor;
mod fallback;
mod head;
mod list;
mod menu;
mod notes;
mod order;
mod row;
mod row_forms;
mod search;
mod starters;
mod store;

use domain::views;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::components::{ListSkeleton, Loaded};
use crate::queries::load_rules;
use store::Rules;

/// The rule list of one account.
#[component]
pub fn RulesPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Resource::new(move || id.get(), load_rules);
    view! { <Loaded resource=page skeleton=|| view! { <ListSkeleton /> }.into_any() render=rules /> }
}

fn rules(first: views::RulesPage) -> AnyView {
    let title = format!("Rules of {}", first.account.username);
    provide_context(starters::ChosenStarter(RwSignal::new(None)));
    let rules = Rules::new(first);
    rules.open_what_was_kept();
    view! {
        <Title text=title />
        <head::Head rules />
        <div class="stack">
            <conflict::ListChanged rules />
            <h2 class="visually-hidden">"The rules"</h2>
            <list::RuleList rules />
            <deleted::JustDeleted rules />
        </div>
    }
    .into_any()
}
