//! When: keywords and how they are compared. The choice of the kind of matcher comes with the second kind.

use domain::rules::MatchMode;
use leptos::prelude::*;

use super::chips::KeywordField;
use super::state::Editing;
use super::warnings::Warnings;

/// The part that begins with "When".
#[component]
pub(super) fn MatcherFields(editing: Editing) -> impl IntoView {
    view! {
        <div class="rule-form__part">
            <div class="cluster">
                <h4 class="rule-form__word">"When"</h4>
            </div>
            <KeywordField editing />
            <Warnings editing />
            <ModeField editing />
        </div>
    }
    .into_any()
}

const fn explained(mode: MatchMode) -> &'static str {
    match mode {
        MatchMode::WholeWord => "Whole word: “price” is found in “What is the price?”, not in “priceless”",
        MatchMode::Contains => "Contains: “price” is also found in “priceless”",
        MatchMode::Exact => "Exact message: the message is “price” and nothing else",
        MatchMode::StartsWith => "Starts with: the message begins with “price”",
    }
}

#[component]
fn ModeField(editing: Editing) -> impl IntoView {
    let id = editing.form.part("mode");
    let chosen = editing.mode.get_untracked();
    let options = MatchMode::all()
        .iter()
        .map(|mode| view! { <option value=mode.as_str() selected=*mode == chosen>{explained(*mode)}</option> })
        .collect_view();
    let change = move |event: web_sys::Event| {
        let mode = event_target_value(&event).parse().unwrap_or_default();
        editing.changed(|| editing.mode.set(mode));
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>"How to compare"</label>
            <select class="select" id=id name="mode" on:change=change prop:value=move || editing.mode.get().as_str()>
                {options}
            </select>
        </div>
    }
    .into_any()
}
