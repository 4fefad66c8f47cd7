//! Adding and editing a rule in place: When … Reply with …; Esc restores, Ctrl/Cmd+Enter saves, no typed word is lost.

mod chips;
mod draft_warnings;
mod intent;
mod label_field;
mod matcher;
mod response;
mod state;
mod values;

use domain::rules::ReplyRule;
use domain::views::RuleConflict;
use leptos::prelude::*;

use super::state::Rules;
use crate::forms::{BothTexts, EditorFoot, FormError, Hidden, KeptDraft, Outcome, PostForm, editor_keys};
use matcher::MatcherFields;
use response::ResponseFields;
use state::Editing;

/// The form of one rule; `rule` is none for a new one.
#[component]
pub fn RuleEditor(rules: Rules, rule: Option<ReplyRule>) -> impl IntoView {
    let label = rule
        .as_ref()
        .map_or_else(|| "New rule".to_owned(), |rule| format!("Edit rule {}", rule.label));
    let rule_id = rule.as_ref().map(|rule| rule.id.to_string());
    let is_new = rule.is_none();
    let editing = Editing::new(rules, rule);
    editing.find_draft();
    let form = editing.form;
    let cancel = Callback::new(move |()| editing.cancel());
    let keys = editor_keys(form, cancel);
    view! {
        <div on:keydown=keys>
            <PostForm
                state=form
                label
                class="rule-form"
                check=Callback::new(move |()| editing.check_all())
                on_send=Callback::new(move |()| editing.remember_sent())
                on_done=Callback::new(move |outcome: Outcome| editing.settle(&outcome))
            >
                {is_new.then(|| view! { <h3 class="rule-form__title">"New rule"</h3> })}
                {move || editing.conflict.get().map(|conflict| both_texts(editing, conflict))}
                {move || editing.draft.get().map(|when| view! { <KeptDraft when discard=cancel /> })}
                <FormError state=form fields=&["label", "keywords", "mode", "description", "threshold", "canned", "prompt"] />
                <input type="hidden" name="account" value=rules.account.to_string() />
                {rule_id.map(|id| view! { <input type="hidden" name="rule" value=id /> })}
                {(!is_new)
                    .then(|| view! { <Hidden name="version" value=Signal::derive(move || editing.version.get().to_string()) /> })}
                <div class="rule-form__row">
                    <label_field::LabelField editing />
                </div>
                <MatcherFields editing />
                <ResponseFields editing />
                <EditorFoot form cancel save=if is_new { "Add rule" } else { "Save rule" } />
            </PostForm>
        </div>
    }
    .into_any()
}

fn both_texts(editing: Editing, conflict: RuleConflict) -> AnyView {
    let theirs = format!(
        "is called “{}” and says: “{}”",
        conflict.theirs.label,
        conflict.theirs.response.text()
    );
    let take_theirs = Callback::new(move |()| editing.use_theirs());
    view! { <BothTexts what="this rule" by=conflict.changed_by at=conflict.changed_at theirs take_theirs /> }.into_any()
}
