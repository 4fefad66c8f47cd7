//! The page head: breadcrumb, state of the account, whether everything is saved, and the button that adds a rule.

use domain::views::Place;
use leptos::prelude::*;

use super::state::{NEW, RulesState};
use crate::browser;
use crate::components::{ExactTime, Icon, StatusLine, page_path, rules_history};
use crate::forms::SLOW;
use crate::viewer::may_edit;

/// The page head.
#[component]
pub fn Head(rules: RulesState) -> impl IntoView {
    let data = rules.data;
    let (account, name) = data.with_untracked(|page| (page.account.id, page.account.username.clone()));
    view! {
        <div class="page__head">
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href="/admin/instagram">"Instagram accounts"</a>
                    <Icon name="right" />
                    <a href=page_path(Place::Account { id: account })><bdi translate="no">{name}</bdi></a>
                    <Icon name="right" />
                    <span aria-current="page">"Rules"</span>
                </nav>
                <h1 class="page__title">"Reply rules"</h1>
                {move || data.with(|page| view! { <StatusLine status=page.status.clone() /> })}
            </div>
            <div class="page__actions">
                <Saved rules />
                <a class="btn btn--quiet" href=rules_history(account)>"History"</a>
                <a class="btn btn--quiet" href=format!("{}/transfer", page_path(Place::Rules { id: account }))>"Import, export"</a>
                {may_edit().then(|| view! { <Add rules /> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Saved(rules: RulesState) -> impl IntoView {
    view! {
        <span class="saved">
            {move || {
                if rules.sending.slow().get() || rules.selection.form.slow().get() {
                    format!("Saving … {SLOW}").into_any()
                } else if rules.saving.get() {
                    "Saving …".into_any()
                } else {
                    rules
                        .data
                        .with(|page| {
                            view! {
                                <Icon name="check" />
                                "Saved "
                                <ExactTime moment=page.saved.clone() />
                            }
                        })
                        .into_any()
                }
            }}
        </span>
    }
}

#[component]
fn Add(rules: RulesState) -> impl IntoView {
    let add = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        rules.open_editor(NEW);
        browser::focus_end("#rule-form-new input[name='label']");
    };
    view! {
        <a class="btn btn--primary" href="?edit=new#rule-new" id="add-rule" on:click=add>
            <Icon name="plus" />
            "Add rule"
        </a>
    }
}
