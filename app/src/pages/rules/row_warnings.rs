//! Warnings that belong to one rule, each with its fix.

use domain::ids::RuleId;
use domain::warnings::Warning;
use leptos::prelude::*;

use super::menu::{MoveForm, move_to};
use super::state::Rules;
use crate::components::Icon;
use crate::viewer::may_edit;

/// What the domain found.
#[component]
pub fn Notes(rules: Rules, id: RuleId) -> impl IntoView {
    let found = Memo::new(move |_| rules.warnings.with(|warnings| warnings.of(id).to_vec()));
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! { <div class="rule__notes">{found.iter().map(|warning| note(rules, id, warning)).collect_view()}</div> }
        })
    }
}

fn note(rules: Rules, id: RuleId, warning: &Warning) -> AnyView {
    let fix = match (warning, warning.move_above()) {
        _ if !may_edit() => ().into_any(),
        (Warning::ShortKeyword { .. }, _) => whole_words(rules, id),
        (_, Some(place)) => move_above(rules, id, place.position),
        _ => ().into_any(),
    };
    view! {
        <div class="note note--warn">
            <Icon name="warn" />
            <span dir="auto">{warning.sentence()}</span>
            {fix}
        </div>
    }
    .into_any()
}

fn whole_words(rules: Rules, id: RuleId) -> AnyView {
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        rules.open(&id.to_string());
        crate::browser::focus(format!("#rule-form-{id} select"));
    };
    view! { <a class="link-btn" href=format!("?edit={id}#rule-{id}") on:click=open>"Match whole words"</a> }.into_any()
}

fn move_above(rules: Rules, id: RuleId, to: u32) -> AnyView {
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        move_to(rules, id, to);
    };
    view! {
        <MoveForm rules id name="above" go=Callback::new(go)>
            <input type="hidden" name="to" value=to.to_string() />
            <button class="link-btn" type="submit">{format!("Move above rule {to}")}</button>
        </MoveForm>
    }
    .into_any()
}
