//! What went wrong with a row's small forms. Moving and deleting speak for themselves once the page is alive; what is said here
//! about them came through the redirect of a browser without WebAssembly.

use domain::ids::RuleId;
use leptos::prelude::*;

use crate::forms::{FormError, FormState};

/// The errors of moving, deleting and switching this rule.
#[component]
pub fn RowErrors(id: RuleId, toggle: FormState) -> impl IntoView {
    let forms = [
        "move-up",
        "move-down",
        "move-top",
        "move-bottom",
        "move-place",
        "delete",
    ]
    .map(|name| FormState::new(format!("{name}-{id}"), ""));
    let failed = forms.into_iter().filter(FormState::came_back).chain([toggle]);
    view! { <div class="rule__errors">{failed.map(|state| view! { <FormError state /> }).collect_view()}</div> }
}
