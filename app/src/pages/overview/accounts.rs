//! The accounts in one line each, broken ones first.

use domain::views::{AccountBrief, Place};
use leptos::prelude::*;

use crate::components::{Avatar, Handle, PillView, RelativeTime, page_path};

/// A card with a list.
#[component]
pub fn AccountList(accounts: Vec<AccountBrief>) -> impl IntoView {
    view! {
        <section class="card card--flush" aria-labelledby="accounts-title">
            <div class="card__head">
                <h2 class="card__title" id="accounts-title">"Instagram accounts"</h2>
                <a class="small" href="/admin/instagram">"All accounts"</a>
            </div>
            <ul class="list">{accounts.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn line(account: AccountBrief) -> AnyView {
    let href = page_path(Place::Account { id: account.id });
    view! {
        <li>
            <Avatar letters=account.monogram class="avatar--sm" />
            <div class="list__text">
                <strong>
                    <a class="plain" href=href>
                        <Handle name=account.username />
                    </a>
                </strong>
                <span>
                    {match account.last_reply {
                        Some(moment) => view! { "Last reply " <RelativeTime moment /> }.into_any(),
                        None => "No reply yet".into_any(),
                    }}
                </span>
            </div>
            <div class="list__end list__end--keep">
                <PillView pill=account.pill />
            </div>
        </li>
    }
    .into_any()
}
