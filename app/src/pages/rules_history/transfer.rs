//! The rules of one account as a file: out, in, and to another account.

use domain::views::{AccountBrief, ConfigPreview};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::copy::Copy;
use super::head::Head;
use super::import::Import;
use crate::components::{Icon, Loaded, PageSkeleton};
use crate::error::AppError;
use crate::json::page_resource;
use crate::queries::{load_accounts, load_rules, preview_copy};
use crate::viewer::may_edit;

/// Everything the page shows.
#[derive(Clone, Serialize, Deserialize)]
struct Transfer {
    account: AccountBrief,
    /// The tenant's other accounts.
    others: Vec<AccountBrief>,
    /// The one to copy to, and what would change there.
    copy: Option<(String, ConfigPreview)>,
}

/// Import, export and copy.
#[component]
pub fn TransferPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let requested = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.with(|query| query.get("to").unwrap_or_default()))
    });
    let page = page_resource(move || requested.get(), load);
    view! { <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=transfer /> }
}

async fn load((account, to): (String, String)) -> Result<Transfer, AppError> {
    let brief = load_rules(account.clone()).await?.account;
    let copy = if to.is_empty() {
        None
    } else {
        Some((to.clone(), preview_copy(account, to).await?))
    };
    let others = load_accounts().await?.accounts.into_iter().map(|card| card.brief);
    Ok(Transfer {
        others: others.filter(|other| other.id != brief.id).collect(),
        account: brief,
        copy,
    })
}

fn transfer(page: Transfer) -> AnyView {
    let account = page.account.id.to_string();
    let export = format!("/admin/rules/instagram/{account}/rules.json");
    let name = page.account.username.clone();
    let source = account.clone();
    view! {
        <Head
            account=page.account
            title="Import and export"
            lead="The rules and the default reply as one file. You see what would change before anything does."
        />
        <div class="stack stack--6 measure">
            <section class="card stack stack--3" aria-labelledby="export-title">
                <h2 class="card__title" id="export-title">"Export"</h2>
                <p class="muted small">"Readable JSON: keep it as a backup, change it in an editor, or import it elsewhere."</p>
                <a class="btn btn--fit" href=export download rel="external">
                    <Icon name="download" />
                    <span>"Download the rules of " <bdi translate="no">{name}</bdi></span>
                </a>
            </section>
            {may_edit()
                .then(|| {
                    view! {
                        <Import account=account />
                        <Copy from=source others=page.others chosen=page.copy />
                    }
                })}
        </div>
    }
    .into_any()
}
