//! "More" of a rule: far moves and delete. The same block with and without WebAssembly; only how it opens differs.

use domain::ids::RuleId;
use domain::views::RuleRow;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::moves::{Cause, Move};
use super::row_forms::{DeleteForm, DuplicateForm};
use super::state::Rules;
use crate::browser;
use crate::components::Icon;
use crate::flash::FORM_FIELD;

/// Opens the menu; before the page is alive a link to the page with the menu open.
#[component]
pub fn MoreButton(rules: Rules, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
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
            on:keydown=browser::click_by_space
        >
            <Icon name="more" />
        </a>
        {move || is_open.get().then(|| view! { <Menu rules id row /> })}
    }
    .into_any()
}

#[component]
fn Menu(rules: Rules, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
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
    let leave = move |event: web_sys::FocusEvent| {
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
        <div class="menu" id=format!("menu-{id}") role="group" aria-label=label tabindex="-1" node_ref=menu on:keydown=keys on:focusout=leave>
            <FarMove rules id row name="top" words="Move to top" to=Signal::derive(|| 1) />
            <FarMove rules id row name="bottom" words="Move to bottom" to=Signal::derive(move || rules.count()) />
            <MoveTo rules id row />
            <hr />
            <DuplicateForm rules id />
            <DeleteForm rules id row />
        </div>
    }
    .into_any()
}

#[component]
fn FarMove(
    rules: Rules,
    id: RuleId,
    row: Memo<RuleRow>,
    name: &'static str,
    words: &'static str,
    to: Signal<u32>,
) -> impl IntoView {
    let there = move || row.with(|row| row.position) == to.get();
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        move_to(rules, id, to.get_untracked());
    };
    view! {
        <MoveForm rules id name go=Callback::new(go)>
            <input type="hidden" name="to" value=move || to.get().to_string() />
            <button type="submit" aria-disabled=move || there().then_some("true") disabled=there>
                <Icon name=if name == "top" { "arrow-up" } else { "arrow-down" } />
                {words}
            </button>
        </MoveForm>
    }
}

#[component]
fn MoveTo(rules: Rules, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let wanted = RwSignal::new(untrack(|| row.with(|row| row.position.to_string())));
    let field = format!("move-place-{id}-to");
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Ok(to) = wanted.get_untracked().trim().parse::<u32>() {
            move_to(rules, id, to.clamp(1, rules.count().max(1)));
        }
    };
    view! {
        <MoveForm rules id name="place" go=Callback::new(go)>
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

#[component]
pub(super) fn MoveForm(
    rules: Rules,
    id: RuleId,
    name: &'static str,
    go: Callback<web_sys::SubmitEvent>,
    children: Children,
) -> impl IntoView {
    let form_id = format!("move-{name}-{id}");
    view! {
        <form method="post" action="/api/rules/move" id=form_id.clone() on:submit=move |event| go.run(event)>
            <input type="hidden" name=FORM_FIELD value=form_id.clone() />
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="rule" value=id.to_string() />
            <input type="hidden" name="list_version" value=move || rules.data.with(|page| page.list_version).to_string() />
            {children()}
        </form>
    }
    .into_any()
}

/// A far move; the search must be clear.
pub(super) fn move_to(rules: Rules, rule: RuleId, to: u32) {
    rules.menu.set(None);
    if let Some(reason) = rules.order_locked() {
        rules.announcer.say(reason);
        return;
    }
    let cause = Cause::Step;
    rules.move_rule(Move { rule, to, cause });
    browser::focus(format!("#more-{rule}"));
}
