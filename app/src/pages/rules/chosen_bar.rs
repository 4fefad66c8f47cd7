//! Choosing rules and the bar that acts on the chosen ones. Boxes and bar are one plain form; the boxes stand outside of it, in the rows,
//! whose own forms cannot be inside of another one.

use domain::ids::RuleId;
use domain::views::{RuleRow, Tone};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement, SubmitEvent};

use super::selection::FORM;
use super::state::RulesState;
use crate::browser;
use crate::components::{Banner, Icon};
use crate::endpoints;
use crate::flash::FORM_FIELD;

/// Begins and ends choosing; without WebAssembly a link to the page with the boxes.
#[component]
pub fn SelectButton(rules: RulesState) -> impl IntoView {
    let is_on = rules.selection.is_on;
    let toggle = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        if is_on.get_untracked() {
            rules.end_selection();
        } else {
            is_on.set(true);
            rules
                .announcer
                .say("Select rules by their boxes; the bar below the list acts on them.");
        }
    };
    view! {
        <a
            class="btn btn--sm"
            id="select-rules"
            role="button"
            href="?select=1#rules"
            aria-pressed=move || is_on.get().to_string()
            on:click=toggle
            on:keydown=browser::click_on_space
        >
            <Icon name="check" />
            "Select"
        </a>
    }
    .into_any()
}

/// The box of a row.
#[component]
pub fn ChooseBox(rules: RulesState, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let selection = rules.selection;
    let name = move || row.with(|row| format!("chosen[{}]", row.position));
    selection.restore(id, &untrack(name));
    let click = move |event: web_sys::MouseEvent| rules.choose(id, event_target_checked(&event), event.shift_key());
    view! {
        <label class="rule__choose">
            <input
                type="checkbox"
                id=format!("choose-{id}")
                form=FORM
                name=name
                value=id.to_string()
                aria-label=move || row.with(|row| format!("Select “{}”", row.rule.label))
                checked=untrack(|| selection.has(id))
                prop:checked=move || selection.has(id)
                on:click=click
            />
        </label>
    }
    .into_any()
}

/// What can be done to the chosen rules.
#[component]
pub fn ChosenBar(rules: RulesState) -> impl IntoView {
    let form = rules.selection.form;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some((action, data)) = pressed(&event) {
            rules.change_chosen(action, data);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            rules.end_selection();
        }
    };
    let error = move || form.error().with(|error| error.as_ref().map(ToString::to_string));
    view! {
        <form
            class="chosen"
            id=FORM
            method="post"
            action=endpoints::SWITCH_CHOSEN
            aria-label="Selected rules"
            novalidate
            on:submit=submit
            on:keydown=keys
        >
            <input type="hidden" name=FORM_FIELD value=FORM />
            <input type="hidden" name="account" value=rules.account.to_string() />
            <input type="hidden" name="list_version" value=move || rules.data.with(|page| page.list_version).to_string() />
            {move || error().map(|sentence| view! { <Banner tone=Tone::Bad alert=true text=sentence /> })}
            <div class="chosen__head">
                <span class="chosen__count when-hydrated">
                    {move || format!("{} of {} selected", rules.chosen_count(), rules.count())}
                </span>
                <span class="muted small until-hydrated">"Tick the rules, then press a button."</span>
                <button class="btn btn--quiet btn--sm when-hydrated" type="button" on:click=move |_| rules.choose_all(true)>"Select all"</button>
                <button class="btn btn--quiet btn--sm when-hydrated" type="button" on:click=move |_| rules.choose_all(false)>"Select none"</button>
                <a class="btn btn--quiet btn--sm" role="button" href="?#rules" on:click=move |event| { event.prevent_default(); rules.end_selection(); }>
                    "Done"
                </a>
            </div>
            <div class="chosen__acts">
                <Place rules />
                <Act action=endpoints::MOVE_CHOSEN field=("place", "top") icon="arrow-up" label="To the top" />
                <Act action=endpoints::MOVE_CHOSEN field=("place", "bottom") icon="arrow-down" label="To the bottom" />
                <Act action=endpoints::SWITCH_CHOSEN field=("enabled", "true") icon="play" label="Switch on" />
                <Act action=endpoints::SWITCH_CHOSEN field=("enabled", "false") icon="pause" label="Switch off" />
                <Act action=endpoints::DELETE_CHOSEN field=("", "") icon="trash" label="Delete" class="btn btn--sm t-bad" />
                {move || rules.data.with(|page| (!page.others.is_empty()).then(|| view! { <CopyTo rules /> }))}
            </div>
        </form>
    }
    .into_any()
}

/// First in the form, so that Enter in its field presses its own button.
#[component]
fn Place(rules: RulesState) -> impl IntoView {
    view! {
        <span class="chosen__with">
            <label class="small" for="chosen-to">"Position"</label>
            <input
                class="input"
                id="chosen-to"
                name="to"
                type="number"
                inputmode="numeric"
                min="1"
                max=move || rules.count().to_string()
                value=rules.selection.form.typed("to", "1")
            />
            <Act action=endpoints::MOVE_CHOSEN field=("place", "number") icon="enter" label="Move" />
        </span>
    }
    .into_any()
}

#[component]
fn CopyTo(rules: RulesState) -> impl IntoView {
    let options = rules.data.with_untracked(|page| page.others.clone());
    let options = options.into_iter().map(|other| {
        view! { <option value=other.id.to_string()>{other.username}</option> }
    });
    view! {
        <span class="chosen__with">
            <label class="small" for="chosen-into">"Copy to"</label>
            <select class="input select" id="chosen-into" name="into" translate="no">{options.collect_view()}</select>
            <Act action=endpoints::COPY_CHOSEN field=("", "") icon="copy" label="Copy" />
        </span>
    }
    .into_any()
}

#[component]
fn Act(
    action: &'static str,
    field: (&'static str, &'static str),
    icon: &'static str,
    label: &'static str,
    #[prop(default = "btn btn--sm")] class: &'static str,
) -> impl IntoView {
    let (name, value) = field;
    let name = (!name.is_empty()).then_some(name);
    view! {
        <button class=class type="submit" formaction=action name=name value=value>
            <Icon name=icon />
            {label}
        </button>
    }
    .into_any()
}

/// Where the pressed button sends the form, and with what.
fn pressed(event: &SubmitEvent) -> Option<(String, FormData)> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let button: HtmlButtonElement = event.submitter()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    if !button.name().is_empty() {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    Some((button.get_attribute("formaction")?, data))
}
