//! Warnings before saving, computed by the domain for the list with the draft in it.

use domain::rules::MatchMode;
use domain::views::{RuleWarning, WarningFix};
use leptos::prelude::*;

use super::state::EditorState;
use crate::components::Icon;
use crate::forms::rule_fields::{CANNED, PROMPT};
use crate::pages::rules::moves::{Cause, Move};
use crate::pages::rules::row_warnings::{of_rule, open_persona};

impl EditorState {
    /// The warnings of the rule as typed, at its position; a new rule is last. Of the rule as saved until matching is fetched.
    pub(super) fn find_warnings(&self) -> Vec<RuleWarning> {
        let mine = self.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id));
        let Some(matching) = self.rules.matching.get() else {
            return mine.map_or_else(Vec::new, |id| self.rules.warnings.with(|found| of_rule(found, id)));
        };
        self.track_for_warnings();
        let unsaved = self.as_unsaved();
        let config = unsaved.written_into(&self.rules.data.with(domain::views::RulesPage::config));
        let facts = self.rules.simulator.warning_facts();
        of_rule(&(matching.warn)(&config, &facts), unsaved.id())
    }

    pub(super) fn track_for_warnings(&self) {
        self.by_intent.track();
        self.keywords.items.track();
        self.mode.track();
        self.reply.by_ai.track();
        self.reply.canned.track();
    }
}

/// Whether a warning names this keyword.
pub(super) fn is_doubtful(found: &[RuleWarning], keyword: &str) -> bool {
    found.iter().any(|warning| warning.keyword.as_deref() == Some(keyword))
}

/// The warnings below the keywords.
#[component]
pub(super) fn DraftWarnings(editor: EditorState) -> impl IntoView {
    move || notes(editor, false)
}

/// The warnings below the reply. What is said there as an error is said once.
#[component]
pub(super) fn ReplyWarnings(editor: EditorState) -> impl IntoView {
    move || {
        let is_refused = [CANNED, PROMPT]
            .iter()
            .any(|name| editor.form.field_error(name).is_some());
        (!is_refused).then(|| notes(editor, true))
    }
}

fn notes(editor: EditorState, about_reply: bool) -> AnyView {
    editor.warnings.with(|found| {
        let found = found.iter().filter(|warning| warning.about_reply == about_reply);
        found.map(|warning| note(editor, warning)).collect_view().into_any()
    })
}

fn note(editor: EditorState, warning: &RuleWarning) -> AnyView {
    let fix = match warning.fix {
        Some(WarningFix::WholeWords) => whole_words(editor),
        Some(WarningFix::OpenPersona) => open_persona(),
        Some(WarningFix::MoveAbove(position)) => move_above(editor, position),
        None => ().into_any(),
    };
    view! {
        <p class="note note--warn">
            <Icon name="warn" />
            <span dir="auto">{warning.sentence.clone()} " " {fix}</span>
        </p>
    }
    .into_any()
}

fn whole_words(editor: EditorState) -> AnyView {
    let whole = move |_| editor.apply(|| editor.mode.set(MatchMode::WholeWord));
    view! { <button class="link-btn" type="button" on:click=whole>"Match whole words"</button> }.into_any()
}

/// A new rule has no place yet.
fn move_above(editor: EditorState, to: u32) -> AnyView {
    let Some(rule) = editor.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id)) else {
        return ().into_any();
    };
    let cause = Cause::Step;
    let go = move |_| editor.rules.move_rule(Move { rule, to, cause });
    view! { <button class="link-btn" type="button" on:click=go>{format!("Move above rule {to}")}</button> }.into_any()
}
