//! The small forms of a row: their ids, and the one form that moves a rule.

use domain::ids::RuleId;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::state::RulesState;
use crate::endpoints;
use crate::flash::FORM_FIELD;

/// A plain form of a row. Its failure is shown in the row after a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowForm {
    MoveUp,
    MoveDown,
    MoveToTop,
    MoveToBottom,
    MoveToPosition,
    MoveAbove,
    Delete,
}

impl RowForm {
    pub(super) const ALL: [Self; 7] = [
        Self::MoveUp,
        Self::MoveDown,
        Self::MoveToTop,
        Self::MoveToBottom,
        Self::MoveToPosition,
        Self::MoveAbove,
        Self::Delete,
    ];

    /// The id of the form's element in the row of `rule`.
    pub(super) fn id(self, rule: RuleId) -> String {
        let name = match self {
            Self::MoveUp => "move-up",
            Self::MoveDown => "move-down",
            Self::MoveToTop => "move-top",
            Self::MoveToBottom => "move-bottom",
            Self::MoveToPosition => "move-place",
            Self::MoveAbove => "move-above",
            Self::Delete => "delete",
        };
        format!("{name}-{rule}")
    }
}

/// A form that moves a rule to the position in its field `to`, which is one of the children unless `to` is given.
#[component]
pub(super) fn MoveForm(
    rules: RulesState,
    id: RuleId,
    form: RowForm,
    #[prop(optional, into)] to: Option<Signal<u32>>,
    submit: Callback<SubmitEvent>,
    children: Children,
) -> impl IntoView {
    let form_id = form.id(id);
    view! {
        <form method="post" action=endpoints::MOVE_RULE id=form_id.clone() on:submit=move |event| submit.run(event)>
            <input type="hidden" name=FORM_FIELD value=form_id.clone() />
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="rule" value=id.to_string() />
            {to.map(|to| view! { <input type="hidden" name="to" value=move || to.get().to_string() /> })}
            <input type="hidden" name="list_version" value=move || rules.data.with(|page| page.list_version).to_string() />
            {children()}
        </form>
    }
    .into_any()
}
