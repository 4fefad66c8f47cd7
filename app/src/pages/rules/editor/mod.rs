//! Adding and editing a rule in place: When … Reply with …; Esc puts away what *Undo* brings back, Ctrl/Cmd+Enter saves, no typed word is lost.

mod chips;
mod draft_warnings;
mod examples;
mod intent;
mod label_field;
mod matcher;
mod ready_made;
mod response;
mod state;
mod unsaved;
mod values;

use domain::rules::ReplyRule;
use domain::views::RuleConflict;
use leptos::prelude::*;

use super::state::RulesState;
use crate::forms::rule_fields::{CANNED, DESCRIPTION, EXAMPLES, KEYWORDS, LABEL, MODE, PROMPT, THRESHOLD};
use crate::forms::{
    ConflictBanner, DraftBanner, EditorActions, FormError, Hidden, Outcome, PostForm, PutAwayBanner, editor_keys,
};
use matcher::MatcherFields;
use response::ResponseFields;
use state::EditorState;
use values::Values;

const SHOWN_AT_THE_FIELD: &[&str] = &[LABEL, KEYWORDS, MODE, DESCRIPTION, EXAMPLES, THRESHOLD, CANNED, PROMPT];

/// The form of one rule; `rule` is none for a new one.
#[component]
pub fn RuleEditor(rules: RulesState, rule: Option<ReplyRule>) -> impl IntoView {
    let label = rule
        .as_ref()
        .map_or_else(|| "New rule".to_owned(), |rule| format!("Edit rule {}", rule.label));
    let rule_id = rule.as_ref().map(|rule| rule.id.to_string());
    let is_new = rule.is_none();
    let editor = EditorState::new(rules, rule);
    editor.restore_draft();
    editor.show_to_simulator();
    let form = editor.form;
    let cancel = Callback::new(move |()| editor.cancel());
    let keys = editor_keys(form, cancel);
    view! {
        <div on:keydown=keys>
            <PostForm
                state=form
                label
                class="rule-form"
                check=Callback::new(move |()| editor.check_all())
                on_send=Callback::new(move |()| editor.remember_sent())
                on_done=Callback::new(move |outcome: Outcome| editor.handle_answer(&outcome))
            >
                {is_new.then(|| view! { <h3 class="rule-form__title">"New rule"</h3> })}
                {move || editor.conflict.get().map(|conflict| conflict_banner(editor, conflict))}
                {move || editor.draft.get().map(|when| view! { <DraftBanner when discard=Callback::new(move |()| editor.discard()) /> })}
                {move || editor.put_away.offered().map(|draft| put_away_banner(editor, draft.when, is_new))}
                <FormError state=form fields=SHOWN_AT_THE_FIELD />
                <input type="hidden" name="account" value=rules.account.to_string() />
                {rule_id.map(|id| view! { <input type="hidden" name="rule" value=id /> })}
                {(!is_new)
                    .then(|| view! { <Hidden name="version" value=Signal::derive(move || editor.version.get().to_string()) /> })}
                <div class="rule-form__row">
                    <label_field::LabelField editor />
                </div>
                <MatcherFields editor />
                <ResponseFields editor />
                <EditorActions form cancel save=if is_new { "Add rule" } else { "Save rule" } is_new />
            </PostForm>
        </div>
    }
    .into_any()
}

fn put_away_banner(editor: EditorState, when: String, is_new: bool) -> AnyView {
    let what = if is_new { "a new rule" } else { "this rule" };
    let take_up = Callback::new(move |()| editor.take_up());
    let discard = Callback::new(move |()| editor.discard_put_away());
    view! { <PutAwayBanner what when take_up discard /> }.into_any()
}

fn conflict_banner(editor: EditorState, conflict: RuleConflict) -> AnyView {
    let theirs = match Values::of(&conflict.theirs).told_against(&editor.values()).as_slice() {
        [] => "says the same.".to_owned(),
        differing => format!("has another {}.", differing.join("; another ")),
    };
    let take_theirs = Callback::new(move |()| editor.use_theirs());
    view! { <ConflictBanner what="this rule" by=conflict.changed_by at=conflict.changed_at theirs take_theirs /> }
        .into_any()
}
