//! Up, down and delete: plain forms, which become optimistic once the page is alive.

use domain::ids::RuleId;
use domain::views::{RuleChange, RuleRow};
use leptos::prelude::*;

use super::state::Rules;
use crate::browser;
use crate::components::Icon;
use crate::flash::FORM_FIELD;
use crate::forms::{FormError, FormState, Outcome, PostForm};

/// Two forms with an arrow each. At the ends the arrow stays focusable and says so.
#[component]
pub fn MoveButtons(rules: Rules, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    view! {
        <MoveForm rules id row up=true />
        <MoveForm rules id row up=false />
    }
}

#[component]
fn MoveForm(rules: Rules, id: RuleId, row: Memo<RuleRow>, up: bool) -> impl IntoView {
    let word = if up { "up" } else { "down" };
    let form_id = format!("move-{word}-{id}");
    let button_id = format!("{form_id}-button");
    let position = move || row.with(|row| row.position);
    let at_end = move || {
        if rules.order_locked().is_some() {
            true
        } else if up {
            position() <= 1
        } else {
            position() >= rules.count()
        }
    };
    let to = move || {
        if up {
            position().saturating_sub(1)
        } else {
            position() + 1
        }
    };
    let selector = format!("#{button_id}");
    let step = move || {
        rules.step(id, up);
        browser::focus(selector.clone());
    };
    let submit = {
        let step = step.clone();
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            step();
        }
    };
    let click = move |_| {
        if at_end() {
            step();
        }
    };
    view! {
        <form method="post" action="/api/rules/move" id=form_id.clone() on:submit=submit>
            <input type="hidden" name=FORM_FIELD value=form_id.clone() />
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="rule" value=id.to_string() />
            <input type="hidden" name="to" value=move || to().to_string() />
            <input type="hidden" name="list_version" value=move || rules.data.with(|page| page.list_version).to_string() />
            <button
                class="icon-btn"
                id=button_id
                type=move || if at_end() { "button" } else { "submit" }
                aria-disabled=move || at_end().then_some("true")
                aria-label=move || row.with(|row| format!("Move “{}” {word}", row.rule.label))
                on:click=click
            >
                <Icon name=if up { "arrow-up" } else { "arrow-down" } />
            </button>
        </form>
    }
    .into_any()
}

/// Deletes at once; Undo is offered afterwards.
#[component]
pub fn DeleteForm(rules: Rules, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let form_id = format!("delete-{id}");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        rules.menu.set(None);
        rules.delete(id);
    };
    view! {
        <form method="post" action="/api/rules/delete" id=form_id.clone() on:submit=submit>
            <input type="hidden" name=FORM_FIELD value=form_id.clone() />
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="rule" value=id.to_string() />
            <button class="t-bad" type="submit" aria-label=move || row.with(|row| format!("Delete “{}”", row.rule.label))>
                <Icon name="trash" />
                "Delete"
            </button>
        </form>
    }
    .into_any()
}

/// A copy right below; its editor is for the reader to open.
#[component]
pub fn DuplicateForm(rules: Rules, id: RuleId) -> impl IntoView {
    let state = FormState::new(format!("duplicate-{id}"), "/api/rules/duplicate");
    let on_done = Callback::new(move |outcome: Outcome| {
        rules.menu.set(None);
        if let Ok(change) = outcome.as_deref().map(serde_json::from_str::<RuleChange>)
            && let Ok(change) = change
        {
            rules.announcer.say(format!(
                "{} is added as rule {} of {}.",
                change.label, change.position, change.of
            ));
            browser::focus_when_there(format!("#open-{}", change.rule));
        }
    });
    view! {
        <PostForm state on_done>
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="rule" value=id.to_string() />
            <button type="submit">
                <Icon name="copy" />
                "Duplicate"
            </button>
            <FormError state />
        </PostForm>
    }
    .into_any()
}
