//! "More" of a rule: moves to a position, duplicate, delete. The same block with and without WebAssembly; only how it opens
//! differs.

use domain::ids::RuleId;
use domain::views::RuleRow;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::move_form::{MoveForm, RowForm};
use super::moves::{Cause, Move};
use super::row_forms::{DeleteForm, DuplicateForm};
use super::state::RulesState;
use crate::browser;
use crate::components::Icon;

/// Opens the menu; before hydration a link to the page with the menu open.
#[component]
pub fn MoreButton(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let is_open = Memo::new(move |_| rules.menu.get() == Some(id));
    let toggle = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        let open = !is_open.get_untracked();
        rules.menu.set(open.then_some(id));
        if open {
            browser::focus(format!("#menu-{id} button:not([aria-disabled])"));
        }
    };
    view! {
        <a
            class="icon-btn"
            id=format!("more-{id}")
            role="button"
            href=format!("?more={id}#rule-{id}")
            aria-label=move || row.with(|row| format!("More for “{}”", row.rule.label))
            aria-expanded=move || is_open.get().to_string()
            aria-controls=format!("menu-{id}")
            on:click=toggle
            on:keydown=browser::click_on_space
        >
            <Icon name="more" />
        </a>
        {move || is_open.get().then(|| view! { <Menu rules id row /> })}
    }
    .into_any()
}

#[component]
fn Menu(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let menu = NodeRef::<Div>::new();
    let close = move || {
        rules.menu.set(None);
        browser::focus(format!("#more-{id}"));
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    // A click elsewhere gives the focus to something else, or to nothing.
    let close_on_focus_out = move |event: web_sys::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let inside = menu
            .try_get_untracked()
            .flatten()
            .is_none_or(|menu| menu.contains(to.as_ref()));
        let on_button = to
            .and_then(|to| to.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|to| to.id() == format!("more-{id}"));
        if !inside && !on_button {
            rules.menu.set(None);
        }
    };
    let label = untrack(|| row.with(|row| format!("More for “{}”", row.rule.label)));
    view! {
        <div class="menu" id=format!("menu-{id}") role="group" aria-label=label tabindex="-1" node_ref=menu on:keydown=keys on:focusout=close_on_focus_out>
            <MoveToEnd rules id row form=RowForm::MoveToTop label="Move to top" icon="arrow-up" to=Signal::derive(|| 1) />
            <MoveToEnd
                rules
                id
                row
                form=RowForm::MoveToBottom
                label="Move to bottom"
                icon="arrow-down"
                to=Signal::derive(move || rules.count())
            />
            <MoveToPosition rules id row />
            <hr />
            <DuplicateForm rules id />
            <DeleteForm rules id row />
        </div>
    }
    .into_any()
}

#[component]
fn MoveToEnd(
    rules: RulesState,
    id: RuleId,
    row: Memo<RuleRow>,
    form: RowForm,
    label: &'static str,
    icon: &'static str,
    to: Signal<u32>,
) -> impl IntoView {
    let is_there = move || row.with(|row| row.position) == to.get();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        move_to(rules, id, to.get_untracked());
    };
    view! {
        <MoveForm rules id form to submit=Callback::new(submit)>
            <button type="submit" aria-disabled=move || is_there().then_some("true") disabled=is_there>
                <Icon name=icon />
                {label}
            </button>
        </MoveForm>
    }
}

#[component]
fn MoveToPosition(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let wanted = RwSignal::new(untrack(|| row.with(|row| row.position.to_string())));
    let form = RowForm::MoveToPosition;
    let field = format!("{}-to", form.id(id));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Ok(to) = wanted.get_untracked().trim().parse::<u32>() {
            move_to(rules, id, to.clamp(1, rules.count().max(1)));
        }
    };
    view! {
        <MoveForm rules id form submit=Callback::new(submit)>
            <div class="menu__field">
                <label for=field.clone()>"Move to position"</label>
                <input
                    class="input"
                    id=field
                    name="to"
                    type="number"
                    inputmode="numeric"
                    min="1"
                    max=move || rules.count().to_string()
                    required
                    value=wanted.get_untracked()
                    on:input=move |event| wanted.set(event_target_value(&event))
                />
                <button class="btn btn--sm" type="submit">"Move"</button>
            </div>
        </MoveForm>
    }
}

/// Moves from the menu or a warning; announces why not while a search hides rules.
pub(super) fn move_to(rules: RulesState, rule: RuleId, to: u32) {
    rules.menu.set(None);
    if let Some(reason) = rules.order_locked() {
        rules.announcer.say(reason);
        return;
    }
    let cause = Cause::Step;
    rules.move_rule(Move { rule, to, cause });
    browser::focus(format!("#more-{rule}"));
}
