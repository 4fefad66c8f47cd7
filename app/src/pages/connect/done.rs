//! Connected: what happened to each account, and what comes next.

use domain::ids::AccountId;
use domain::views::{AccountsPage, CandidateStanding, ConnectCandidate, ConnectedAccount, Place, Tone};
use leptos::prelude::*;

use super::pages::{dropped as dropped_accounts, impossible};
use super::{ACCOUNTS, head};
use crate::components::{Banner, Handle, Icon, live_query, page_path};
use crate::json::page_resource;
use crate::pages::accounts::AutoReplySwitch;
use crate::queries::load_accounts;

pub(super) fn done(accounts: Vec<ConnectedAccount>, failed: Vec<ConnectCandidate>, dropped: Vec<String>) -> AnyView {
    let lead = match accounts.as_slice() {
        [] => "Nothing was connected.".to_owned(),
        [only] => format!("{} is connected.", only.username),
        many => format!("{} accounts are connected.", many.len()),
    };
    let title = if accounts.is_empty() {
        "Connect an account"
    } else {
        "Connected"
    };
    view! {
        {head(title, lead)}
        <div class="measure stack">
            {accounts.into_iter().map(account).collect_view()}
            {impossible("Could not be connected", failed)}
            {dropped_accounts(&dropped)}
            <div class="cluster">
                <a class="btn" href=ACCOUNTS>"All accounts"</a>
            </div>
        </div>
    }
    .into_any()
}

fn account(account: ConnectedAccount) -> AnyView {
    let id = account.id;
    let name = account.username.clone();
    let title_id = format!("connected-{id}");
    let labelled_by = title_id.clone();
    let (icon, word) = match account.standing {
        CandidateStanding::New => ("ok", "Connected"),
        CandidateStanding::Moved => ("ok", "Moved"),
        _ => ("ok", "Connected again"),
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="cluster cluster--between">
                <h2 class="card__title" id=title_id><Handle name=name.clone() /></h2>
                <span class="pill pill--ok">
                    <Icon name=icon />
                    {word}
                </span>
            </div>
            <p>{account.sentence}</p>
            {account
                .problem
                .map(|problem| view! { <Banner tone=Tone::Warn title="One thing is missing" text=problem /> })}
            <Switch id name=name.clone() />
            <div class="cluster">
                <a class="btn btn--primary" href=format!("{}#live-test", page_path(Place::Account { id }))>
                    "Open and test"
                    <span class="visually-hidden">{format!(" {name}")}</span>
                </a>
                <a class="btn" href=page_path(Place::Rules { id })>
                    <Icon name="rules" />
                    "Rules"
                    <span class="visually-hidden">{format!(" of {name}")}</span>
                </a>
            </div>
        </section>
    }
    .into_any()
}

/// *Auto-Reply Enabled* as it is now: the login attempt only knows how it was.
#[component]
fn Switch(id: AccountId, name: String) -> impl IntoView {
    let accounts = page_resource(|| (), |()| load_accounts());
    let name = StoredValue::new(name);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let first = accounts.await.ok()?;
                let data = live_query(first, load_accounts);
                let on = Signal::derive(move || data.with(|page| is_on(page, id)));
                Some(view! { <AutoReplySwitch id name=Signal::derive(move || name.get_value()) on /> })
            })}
        </Suspense>
    }
    .into_any()
}

fn is_on(page: &AccountsPage, id: AccountId) -> bool {
    page.accounts.iter().any(|card| card.brief.id == id && card.auto_reply)
}
