//! `/admin/instagram/{id}`: one account.

use domain::accounts::AccountStatus;
use domain::views::{self, AccountCard, Place};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::ai_replies::AiReplies;
use super::card::{problem, rule_count};
use super::connection::{Connection, IdentityCard};
use super::customers::asked_by_address;
use super::default_reply::DefaultReply;
use super::disconnect::{DisconnectDialog, dialog_open_by_address};
use super::live_test::LiveTestCard;
use super::quiet_conversations::QuietConversations;
use super::recent::Recent;
use super::switches::{AutoReplySwitch, EnabledSwitch};
use crate::components::{ChatLink, Handle, Icon, Loaded, PageSkeleton, StatusLine, live_query, page_path};
use crate::error::AppError;
use crate::json::page_resource;
use crate::pages::prompt_status::check_of;
use crate::queries::{load_account, load_customer_names, load_simulator};
use crate::viewer::may_manage;

/// One account: switches, default reply, recent messages, connection.
#[component]
pub fn AccountPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let who = asked_by_address();
    let page = page_resource(move || (id.get(), who.get()), load);
    view! { <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=account /> }
}

type Loading = (views::AccountPage, views::SimulatorData, Vec<views::CustomerName>);

async fn load((account, who): (String, bool)) -> Result<Loading, AppError> {
    let page = load_account(account.clone()).await?;
    let simulator_data = load_simulator(account.clone()).await?;
    let names = match who {
        true => load_customer_names(account).await?,
        false => Vec::new(),
    };
    Ok((page, simulator_data, names))
}

fn account((first, simulator_data, names): Loading) -> AnyView {
    let id = first.card.brief.id;
    let name = first.card.brief.username.clone();
    let data = live_query(first.clone(), move || load_account(id.to_string()));
    let ai_available = simulator_data.facts.ai.available;
    let prompts = live_query(simulator_data, move || load_simulator(id.to_string()));
    let prompt = Signal::derive(move || prompts.with(|data| check_of(&data.prompts, None)));
    let named = Signal::derive(move || data.with(|page| page.card.brief.username.clone()));
    let connected = Memo::new(move |_| data.with(|page| page.card.status != AccountStatus::Disconnected));
    let dialog_open = dialog_open_by_address();
    view! {
        <Title text=name.clone() />
        <div class="page__head">
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href="/admin/instagram">"Instagram accounts"</a>
                    <Icon name="right" />
                    <span aria-current="page"><bdi translate="no">{name.clone()}</bdi></span>
                </nav>
                <h1 class="page__title">
                    <Handle name />
                </h1>
                {move || data.with(|page| view! { <StatusLine status=page.status.clone() /> })}
            </div>
            <div class="page__actions">
                <ChatLink class="btn" username=first.card.brief.username.clone() />
                <a class="btn" href=page_path(Place::Rules { id })>
                    <Icon name="rules" />
                    {move || data.with(|page| rule_count(page.card.rules))}
                </a>
            </div>
        </div>
        {may_manage()
            .then(|| {
                view! {
                    <DisconnectDialog
                        id
                        name=named
                        dialog_open
                        waiting=Signal::derive(move || data.with(|page| page.card.waiting))
                        connected
                    />
                }
            })}
        <div class="split">
            <div class="stack stack--6">
                {move || data.with(|page| problem_banner(&page.card))}
                {move || data.with(|page| automation_banner(page.automation.clone()))}
                <section class="card" aria-labelledby="switches-title" hidden=move || !connected.get()>
                    <h2 class="visually-hidden" id="switches-title">"Switches"</h2>
                    <EnabledSwitch id name=named on=Signal::derive(move || data.with(|page| page.card.enabled)) />
                    <AutoReplySwitch id name=named on=Signal::derive(move || data.with(|page| page.card.auto_reply)) />
                </section>
                <DefaultReply data ai_available prompt />
                <AiReplies data ai_available />
                <QuietConversations data names />
                {move || data.with(|page| view! { <Recent rows=page.recent.clone() /> })}
            </div>
            <aside class="stack stack--6" aria-label="Connection">
                <Connection data connected />
                {move || connected.get().then(|| view! { <LiveTestCard id name=named /> })}
                <IdentityCard identity=first.identity dialog_open connected />
            </aside>
        </div>
    }
    .into_any()
}

/// That something else answers too.
fn automation_banner(told: Option<String>) -> Option<AnyView> {
    told.map(|told| view! { <p class="acct acct--warn">{told}</p> }.into_any())
}

/// What keeps the account from answering, with the next step.
fn problem_banner(card: &AccountCard) -> Option<AnyView> {
    let class = match card.status {
        AccountStatus::Disconnected => "acct acct--idle",
        AccountStatus::NeedsReconnect => "acct acct--bad",
        _ => "acct acct--warn",
    };
    problem(card).map(|problem| view! { <div class=class>{problem}</div> }.into_any())
}
