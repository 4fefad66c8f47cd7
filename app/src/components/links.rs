//! Where things are.

use domain::views::{NextStep, Place};
use leptos::prelude::*;

/// The address of a page.
#[must_use]
pub fn address(place: Place) -> String {
    match place {
        Place::Accounts => "/admin/instagram".into(),
        Place::Account { id } => format!("/admin/instagram/{id}"),
        Place::Rules { id } => format!("/admin/rules/instagram/{id}"),
        Place::Connect => "/admin/instagram/connect".into(),
        Place::Messages => "/admin/messages".into(),
        Place::Credits => "/admin/credits".into(),
    }
}

/// A link to where something is put right.
pub fn step_link(step: NextStep, class: &'static str) -> AnyView {
    view! { <a class=class href=address(step.place)>{step.label}</a> }.into_any()
}
