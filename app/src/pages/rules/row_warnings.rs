//! Warnings that belong to one rule, each with its fix.

use domain::ids::RuleId;
use domain::views::{Place, RuleWarning, WarningFix};
use leptos::prelude::*;

use super::menu::move_to;
use super::move_form::{MoveForm, RowForm};
use super::state::RulesState;
use crate::components::{Icon, page_path};
use crate::viewer::may_edit;

/// The warnings of the rule `id`.
#[component]
pub fn RowWarnings(rules: RulesState, id: RuleId) -> impl IntoView {
    let found = Memo::new(move |_| rules.warnings.with(|warnings| of_rule(warnings, id)));
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! { <div class="rule__notes">{found.iter().map(|warning| note(rules, id, warning)).collect_view()}</div> }
        })
    }
}

/// Those of the rule `id`.
pub(super) fn of_rule(warnings: &[RuleWarning], id: RuleId) -> Vec<RuleWarning> {
    let mine = warnings.iter().filter(|warning| warning.rule == id);
    mine.cloned().collect()
}

fn note(rules: RulesState, id: RuleId, warning: &RuleWarning) -> AnyView {
    let fix = match warning.fix {
        Some(WarningFix::OpenPersona) => open_persona(),
        _ if !may_edit() => ().into_any(),
        Some(WarningFix::WholeWords) => whole_words(rules, id),
        Some(WarningFix::MoveAbove(position)) => move_above(rules, id, position),
        None => ().into_any(),
    };
    view! {
        <div class="note note--warn">
            <Icon name="warn" />
            <span dir="auto">{warning.sentence.clone()}</span>
            {fix}
        </div>
    }
    .into_any()
}

/// Where the check of the persona is told.
pub(super) fn open_persona() -> AnyView {
    view! { <a class="link-btn" href=page_path(Place::Persona)>"See the check"</a> }.into_any()
}

fn whole_words(rules: RulesState, id: RuleId) -> AnyView {
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        rules.open_editor(&id.to_string());
        crate::browser::focus(format!("#rule-form-{id} select"));
    };
    view! { <a class="link-btn" href=format!("?edit={id}#rule-{id}") on:click=open>"Match whole words"</a> }.into_any()
}

fn move_above(rules: RulesState, id: RuleId, to: u32) -> AnyView {
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        move_to(rules, id, to);
    };
    view! {
        <MoveForm rules id form=RowForm::MoveAbove to=Signal::stored(to) submit=Callback::new(submit)>
            <button class="link-btn" type="submit">{format!("Move above rule {to}")}</button>
        </MoveForm>
    }
    .into_any()
}
