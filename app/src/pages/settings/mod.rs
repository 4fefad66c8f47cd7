//! `/admin/settings`: the workspace's name and time zone, the line before automated replies, the keys of programs, and the person's
//! password.

mod api_keys;
mod disclosure;
mod password;
mod tenant;

use domain::views;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Loaded, PageSkeleton};
use crate::json::page_resource;
use crate::queries::load_settings;

/// Workspace and password.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let page = page_resource(|| (), |()| load_settings());
    view! {
        <Title text="Settings" />
        <div class="page__head">
            <div>
                <h1 class="page__title">"Settings"</h1>
                <p class="page__lead">"For the whole workspace, and for your own sign-in."</p>
            </div>
        </div>
        <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=settings />
    }
}

fn settings(page: views::SettingsPage) -> AnyView {
    view! {
        <div class="stack stack--6 measure">
            <tenant::TenantCard page=page.clone() />
            <disclosure::DisclosureCard page=page.clone() />
            <api_keys::ApiKeysCard page=page.clone() />
            <password::PasswordCard email=page.email role=page.role />
        </div>
    }
    .into_any()
}
