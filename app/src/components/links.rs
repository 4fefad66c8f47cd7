//! Addresses of pages, and links to them.

use domain::views::{NextStep, Place};
use leptos::prelude::*;

/// The address of a page.
#[must_use]
pub fn page_path(place: Place) -> String {
    match place {
        Place::Accounts => "/admin/instagram".into(),
        Place::Account { id } => format!("/admin/instagram/{id}"),
        Place::Rules { id } => format!("/admin/rules/instagram/{id}"),
        Place::Connect => "/admin/instagram/connect".into(),
        Place::Persona => "/admin/persona".into(),
        Place::Messages => "/admin/messages".into(),
        Place::Credits => "/admin/credits".into(),
    }
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
