//! Up, down, delete and duplicate: plain forms, which become optimistic after hydration.

use domain::ids::RuleId;
use domain::views::{RuleChange, RuleRow};
use leptos::prelude::*;

use super::move_form::{MoveForm, RowForm};
use super::state::RulesState;
use crate::browser;
use crate::components::Icon;
use crate::endpoints;
use crate::flash::FORM_FIELD;
use crate::forms::{FormError, FormState, Outcome, PostForm};
use crate::json;

/// Two forms with an arrow each. At the ends the arrow stays focusable and announces that there is no further step.
#[component]
pub fn MoveButtons(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    view! {
        <StepForm rules id row up=true />
        <StepForm rules id row up=false />
    }
}

#[component]
fn StepForm(rules: RulesState, id: RuleId, row: Memo<RuleRow>, up: bool) -> impl IntoView {
    let (form, word, icon) = if up {
        (RowForm::MoveUp, "up", "arrow-up")
    } else {
        (RowForm::MoveDown, "down", "arrow-down")
    };
    let button_id = format!("{}-button", form.id(id));
    let position = move || row.with(|row| row.position);
    let at_end = move || match (rules.order_locked(), up) {
        (Some(_), _) => true,
        (None, true) => position() <= 1,
        (None, false) => position() >= rules.count(),
    };
    let to = Signal::derive(move || {
        if up {
            position().saturating_sub(1)
        } else {
            position() + 1
        }
    });
    let selector = format!("#{button_id}");
    let step = Callback::new(move |()| {
        rules.step(id, up);
        browser::focus(selector.clone());
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        step.run(());
    };
    let click = move |_| {
        if at_end() {
            step.run(());
        }
    };
    view! {
        <MoveForm rules id form to submit=Callback::new(submit)>
            <button
                class="icon-btn"
                id=button_id
                type=move || if at_end() { "button" } else { "submit" }
                aria-disabled=move || at_end().then_some("true")
                aria-label=move || row.with(|row| format!("Move “{}” {word}", row.rule.label))
                on:click=click
            >
                <Icon name=icon />
            </button>
        </MoveForm>
    }
    .into_any()
}

/// Deletes at once; Undo is offered afterwards.
#[component]
pub fn DeleteForm(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let form_id = RowForm::Delete.id(id);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        rules.menu.set(None);
        rules.delete(id);
    };
    view! {
        <form method="post" action=endpoints::DELETE_RULE id=form_id.clone() on:submit=submit>
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
pub fn DuplicateForm(rules: RulesState, id: RuleId) -> impl IntoView {
    let state = FormState::new(format!("duplicate-{id}"), endpoints::DUPLICATE_RULE);
    let on_done = Callback::new(move |outcome: Outcome| {
        rules.menu.set(None);
        if let Ok(change) = outcome.as_deref().map(json::read::<RuleChange>)
            && let Ok(change) = change
        {
            rules.announcer.say(format!(
                "{} is added as rule {} of {}.",
                change.label, change.position, change.of
            ));
            browser::focus_when_present(format!("#open-{}", change.rule));
        }
    });
    view! {
        <PostForm state on_send=Callback::new(move |()| rules.toasts.forget_change()) on_done>
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
