//! What an admin would want to know before saving, found by the domain in the list as it would be.

use domain::ids::RuleId;
use domain::rules::MatchMode;
use domain::warnings::{Warning, warnings};
use leptos::prelude::*;

use super::state::{Editing, written};
use crate::components::Icon;
use crate::pages::rules::moves::{Cause, Move};

impl Editing {
    /// The warnings of the rule as typed, in its place; a new one comes last.
    pub(super) fn found(&self) -> Vec<Warning> {
        self.track();
        let draft = self.values().draft();
        let mine = self.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id));
        let mut config = self.rules.data.with(domain::views::RulesPage::config);
        let id = mine.unwrap_or_else(|| RuleId::from_uuid(uuid::Uuid::nil()));
        match config.rules.iter_mut().find(|rule| rule.id == id) {
            Some(rule) => *rule = written(id, rule.version, rule.enabled, draft),
            None => config.rules.push(written(id, 0, true, draft)),
        }
        let facts = self.rules.trying.warning_facts();
        warnings(&config, &facts).of(id).to_vec()
    }

    fn track(&self) {
        self.by_intent.track();
        self.keywords.track();
        self.mode.track();
        self.reply.by_ai.track();
        self.reply.canned.track();
    }
}

/// Whether a chip should be looked at.
pub(super) fn is_doubtful(found: &[Warning], keyword: &str) -> bool {
    found.iter().any(|warning| warning.keyword() == Some(keyword))
}

/// The warnings below the keywords.
#[component]
pub(super) fn Warnings(editing: Editing) -> impl IntoView {
    move || {
        editing
            .warnings
            .with(|found| found.iter().map(|warning| note(editing, warning)).collect_view())
    }
}

fn note(editing: Editing, warning: &Warning) -> AnyView {
    let fix = match (warning, warning.move_above()) {
        (Warning::ShortKeyword { .. }, _) => whole_words(editing),
        (_, Some(place)) => move_above(editing, place.position),
        _ => ().into_any(),
    };
    view! {
        <p class="note note--warn">
            <Icon name="warn" />
            <span dir="auto">{warning.sentence()} " " {fix}</span>
        </p>
    }
    .into_any()
}

fn whole_words(editing: Editing) -> AnyView {
    let whole = move |_| editing.changed(|| editing.mode.set(MatchMode::WholeWord));
    view! { <button class="link-btn" type="button" on:click=whole>"Match whole words"</button> }.into_any()
}

/// A new rule has no place yet.
fn move_above(editing: Editing, to: u32) -> AnyView {
    let Some(rule) = editing.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id)) else {
        return ().into_any();
    };
    let cause = Cause::Step;
    let go = move |_| editing.rules.move_rule(Move { rule, to, cause });
    view! { <button class="link-btn" type="button" on:click=go>{format!("Move above rule {to}")}</button> }.into_any()
}
