//! `/admin/settings`: the workspace's name and time zone, the line before automated replies, the keys of programs, and the person's
//! password.

mod api_keys;
mod disclosure;
mod password;
mod tenant;

use domain::views::{self, Place};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{Loaded, PageSkeleton, page_path};
use crate::json::page_resource;
use crate::operator::OperatorLine;
use crate::queries::load_settings;
use crate::viewer::may_manage;

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
                <OperatorLine />
            </div>
        </div>
        <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=settings />
    }
}

fn webhooks() -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="webhooks-title">
            <h2 class="card__title" id="webhooks-title">"Webhooks"</h2>
            <p>"Your own programs can be told when a reply is sent or fails, when an account needs you, and when credits run low."</p>
            <div class="form-foot">
                <a class="btn" href=page_path(Place::Webhooks)>"Webhooks"</a>
            </div>
        </section>
    }
    .into_any()
}

fn settings(page: views::SettingsPage) -> AnyView {
    view! {
        <div class="stack stack--6 measure">
            <tenant::TenantCard page=page.clone() />
            <disclosure::DisclosureCard page=page.clone() />
            {may_manage().then(webhooks)}
            <api_keys::ApiKeysCard page=page.clone() />
            <password::PasswordCard email=page.email role=page.role />
        </div>
    }
    .into_any()
}
