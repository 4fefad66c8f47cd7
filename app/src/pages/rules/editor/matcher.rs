//! When: keywords and how they are compared, or what the customer wants.

use domain::decide::IntentModel;
use domain::rules::MatchMode;
use leptos::prelude::*;

use super::chips::KeywordField;
use super::draft_warnings::DraftWarnings;
use super::intent::IntentFields;
use super::state::EditorState;
use crate::forms::KindChoice;
use crate::forms::rule_fields::{MATCHER, MODE};
use crate::pages::AI_OFF;

/// The part that begins with "When".
#[component]
pub(super) fn MatcherFields(editor: EditorState) -> impl IntoView {
    let by_intent = editor.by_intent;
    view! {
        <div class="rule-form__part">
            <div class="cluster">
                <h4 class="rule-form__word">"When"</h4>
                <KindChoice
                    name=MATCHER
                    legend="What the rule looks for"
                    chosen=by_intent
                    choose=Callback::new(move |intent| editor.apply(|| by_intent.set(intent)))
                    first=("keywords", "tag", "Keywords")
                    second=("prompt", "intent", "Intent")
                    disabled_reason=intents_disabled_reason(editor)
                />
            </div>
            <div class="stack stack--3 of-keywords">
                <KeywordField editor />
            </div>
            <div class="stack of-intent">
                <IntentFields editor />
            </div>
            <DraftWarnings editor />
            <div class="of-keywords">
                <ModeField editor />
            </div>
        </div>
    }
    .into_any()
}

/// Why an intent cannot be chosen. A missing model can still arrive, so a rule may wait for it.
fn intents_disabled_reason(editor: EditorState) -> Option<&'static str> {
    let intents = editor.rules.simulator.warning_facts().intents;
    (intents == IntentModel::Off).then_some("Intents are switched off on this server.")
}

/// Why the AI cannot be chosen.
pub(super) fn ai_disabled_reason(editor: EditorState) -> Option<&'static str> {
    let ai = editor.rules.simulator.warning_facts().ai;
    (!ai.available).then_some(AI_OFF)
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
fn ModeField(editor: EditorState) -> impl IntoView {
    let id = editor.form.part(MODE);
    let chosen = editor.mode.get_untracked();
    let options = MatchMode::all()
        .iter()
        .map(|mode| view! { <option value=mode.as_str() selected=*mode == chosen>{explained(*mode)}</option> })
        .collect_view();
    let change = move |event: web_sys::Event| {
        let mode = event_target_value(&event).parse().unwrap_or_default();
        editor.apply(|| editor.mode.set(mode));
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>"How to compare"</label>
            <select class="select" id=id name=MODE on:change=change prop:value=move || editor.mode.get().as_str()>
                {options}
            </select>
        </div>
    }
    .into_any()
}
