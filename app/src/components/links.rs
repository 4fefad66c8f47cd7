//! Addresses of pages, and links to them.

use domain::ids::AccountId;
use domain::views::{NextStep, Place};
use leptos::prelude::*;

use super::Icon;
use crate::sandbox_chat::chat_address;

/// The address of a page.
#[must_use]
pub fn page_path(place: Place) -> String {
    match place {
        Place::Accounts => "/admin/instagram".into(),
        Place::Account { id } => format!("/admin/instagram/{id}"),
        Place::People { id } => format!("/admin/instagram/{id}#people"),
        Place::Rules { id } => format!("/admin/rules/instagram/{id}"),
        Place::Connect => "/admin/instagram/connect".into(),
        Place::Persona => "/admin/persona".into(),
        Place::Messages {
            account,
            outcome,
            reason,
        } => {
            let of_account = account.map(|id| format!("account={id}&")).unwrap_or_default();
            let for_reason = reason.map(|reason| format!("&reason={reason}")).unwrap_or_default();
            format!("/admin/messages?{of_account}outcome={outcome}{for_reason}")
        }
        Place::Health => "/admin/health".into(),
        Place::Credits => "/admin/credits".into(),
        Place::Webhooks => "/admin/settings/webhooks".into(),
    }
}

/// The address of what was changed in the rules and the default reply of an account, and the way back.
#[must_use]
pub fn rules_history(id: AccountId) -> String {
    format!("{}/history", page_path(Place::Rules { id }))
}

/// To the chat page of the sandbox, opened on `username`; nothing where there is no sandbox.
#[component]
pub fn ChatLink(
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] username: Option<String>,
) -> impl IntoView {
    chat_address(username.as_deref()).map(|address| {
        view! {
            <a class=class href=address target="_blank" rel="external noopener">
                <Icon name="flask" />
                "Open the chat"
                <span class="visually-hidden">
                    {username.map(|username| format!(" with {username}"))} " (opens in a new tab)"
                </span>
            </a>
        }
        .into_any()
    })
}

/// A link to the page where a problem is solved. With several on one page, `account` tells them apart for screen readers.
#[component]
pub fn NextStepLink(
    step: NextStep,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] account: Option<String>,
) -> impl IntoView {
    view! {
        <a class=class href=page_path(step.place)>
            {step.label}
            {account.map(|account| view! { <span class="visually-hidden">{format!(" {account}")}</span> })}
        </a>
    }
    .into_any()
}
