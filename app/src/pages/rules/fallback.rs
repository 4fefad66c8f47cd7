//! What went wrong with a row's small forms, after the redirect of a browser without WebAssembly.

use domain::ids::RuleId;
use leptos::prelude::*;

use crate::forms::{FormError, FormState};

/// The errors of moving, deleting and switching this rule.
#[component]
pub fn RowErrors(id: RuleId) -> impl IntoView {
    let forms = ["move-up", "move-down", "delete"].map(|name| FormState::new(format!("{name}-{id}"), ""));
    forms
        .into_iter()
        .filter(FormState::came_back)
        .map(|state| view! { <div class="rule__notes"><FormError state /></div> })
        .collect_view()
}
