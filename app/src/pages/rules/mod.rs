//! `/admin/rules/instagram/{id}`: the rules of one account, in order.

mod chosen_bar;
mod deleted_rules;
mod editor;
mod head;
mod intent_status;
mod list;
mod list_conflict;
mod list_edits;
mod matching;
mod menu;
mod move_form;
mod moves;
mod queue;
mod row;
mod row_errors;
mod row_forms;
mod row_warnings;
mod search;
mod search_filter;
mod selection;
mod simulator;
mod sorting;
mod starters;
mod state;
mod unsaved;

use domain::views;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::components::{ListSkeleton, Loaded};
use crate::error::AppError;
use crate::json::page_resource;
use crate::queries::{load_ready_made_intents, load_rules, load_simulator};
pub(super) use matching::fetch_if_unsaved;
pub(super) use row::mode_words;
pub(super) use simulator::effect_on_examples;
use state::RulesState;

/// The rule list of one account.
#[component]
pub fn RulesPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = page_resource(move || id.get(), load);
    view! { <Loaded resource=page skeleton=|| view! { <ListSkeleton /> }.into_any() render=rules /> }
}

/// The rules, what simulating them needs, and the intents to start from.
type Rules = (views::RulesPage, views::SimulatorData, Vec<views::ReadyMadeIntent>);

async fn load(account: String) -> Result<Rules, AppError> {
    // In the browser an editor fetches them when it needs them.
    let ready_made = if cfg!(feature = "ssr") {
        load_ready_made_intents().await?
    } else {
        Vec::new()
    };
    Ok((
        load_rules(account.clone()).await?,
        load_simulator(account).await?,
        ready_made,
    ))
}

fn rules((first, simulator_data, ready_made): Rules) -> AnyView {
    let title = format!("Rules of {}", first.account.username);
    provide_context(starters::ChosenStarter(RwSignal::new(None)));
    let rules = RulesState::new(first, simulator_data, ready_made);
    rules.restore_drafts();
    rules.follow_address();
    view! {
        <Title text=title />
        <head::Head rules />
        <div class="split split--simulator">
            <div class="stack">
                <list_conflict::ListConflictBanner rules />
                <h2 class="visually-hidden">"The rules"</h2>
                <list::RuleList rules />
                <deleted_rules::DeletedRules rules />
            </div>
            <div>
                <simulator::Simulator simulator=rules.simulator />
            </div>
        </div>
    }
    .into_any()
}
