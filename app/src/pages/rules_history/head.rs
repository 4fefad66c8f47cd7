//! The page head, with a link back to the rules.

use domain::views::{AccountBrief, Place};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Icon, page_path};

/// The page head.
#[component]
pub(super) fn Head(account: AccountBrief, title: &'static str, lead: &'static str) -> impl IntoView {
    let rules = page_path(Place::Rules { id: account.id });
    let document = format!("{title} · {}", account.username);
    view! {
        <Title text=document />
        <div class="page__head">
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href="/admin/instagram">"Instagram accounts"</a>
                    <Icon name="right" />
                    <a href=page_path(Place::Account { id: account.id })><bdi translate="no">{account.username}</bdi></a>
                    <Icon name="right" />
                    <a href=rules>"Rules"</a>
                    <Icon name="right" />
                    <span aria-current="page">{title}</span>
                </nav>
                <h1 class="page__title">{title}</h1>
                <p class="page__lead">{lead}</p>
            </div>
        </div>
    }
    .into_any()
}
