//! Errors of a row's small forms. After hydration the list announces failed moves and deletes itself, so what appears here about them
//! came with a redirect.

use domain::ids::RuleId;
use leptos::prelude::*;

use super::move_form::RowForm;
use crate::forms::{FormError, FormState};

/// The errors of moving, deleting and switching this rule.
#[component]
pub fn RowErrors(id: RuleId, toggle: FormState) -> impl IntoView {
    let forms = RowForm::ALL.map(|form| FormState::new(form.id(id), ""));
    let failed = forms.into_iter().filter(FormState::was_restored).chain([toggle]);
    view! { <div class="rule__errors">{failed.map(|state| view! { <FormError state /> }).collect_view()}</div> }
}
