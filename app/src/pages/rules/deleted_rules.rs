//! Restores deleted rules, after the toast is gone and without WebAssembly.

use domain::views::DeletedRule;
use leptos::prelude::*;

use super::state::RulesState;
use crate::components::{ExactTime, Icon};
use crate::endpoints;
use crate::flash::FORM_FIELD;
use crate::viewer::may_edit;

/// Deleted in the last 30 days.
#[component]
pub fn DeletedRules(rules: RulesState) -> impl IntoView {
    let deleted = Memo::new(move |_| rules.data.with(|page| page.deleted.clone()));
    move || {
        let list = deleted.get();
        (!list.is_empty() && may_edit()).then(|| {
            let title = if list.len() == 1 { "1 deleted rule".to_owned() } else { format!("{} deleted rules", list.len()) };
            view! {
                <details class="more" id="deleted">
                    <summary>
                        <Icon name="right" />
                        {title}
                    </summary>
                    <ul class="list card card--flush">{list.into_iter().map(|rule| line(rules, rule)).collect_view()}</ul>
                </details>
            }
        })
    }
}

fn line(rules: RulesState, rule: DeletedRule) -> AnyView {
    let id = rule.id;
    let form_id = format!("restore-{id}");
    let restore = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        rules.restore(id);
    };
    view! {
        <li>
            <Icon name="trash" class="t-idle" />
            <div class="list__text">
                <bdi translate="no">{rule.label.clone()}</bdi>
                <span>"Deleted " <ExactTime moment=rule.deleted /> ". Kept until " <ExactTime moment=rule.until /> "."</span>
            </div>
            <div class="list__end list__end--keep">
                <form method="post" action=endpoints::RESTORE_RULE id=form_id.clone() on:submit=restore>
                    <input type="hidden" name=FORM_FIELD value=form_id.clone() />
                    <input type="hidden" name="account" value=rules.account.to_string() />
                    <input type="hidden" name="rule" value=id.to_string() />
                    <button class="btn btn--sm" type="submit" aria-label=format!("Undo: bring back “{}”", rule.label)>
                        <Icon name="undo" />
                        "Undo"
                    </button>
                </form>
            </div>
        </li>
    }
    .into_any()
}
