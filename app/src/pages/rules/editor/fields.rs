//! The values of a rule form, and how they are written down as one text for the browser's storage.

use domain::limits::check_label;
use domain::rules::{
    IntentMatcher, KeywordMatcher, MatchMode, Matcher, ReplyRule, Response, RuleDraft, Starter, Threshold,
    split_keywords,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::state::Editing;
use crate::browser;
use crate::forms::FieldError;

/// What can be typed into a rule. What a kind does not use is kept, so that changing the kind and back loses no word.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Values {
    pub(super) label: String,
    /// Listens for what a customer means, not for words.
    pub(super) by_intent: bool,
    pub(super) keywords: Vec<String>,
    pub(super) mode: MatchMode,
    pub(super) description: String,
    pub(super) threshold: Threshold,
    /// Answered by the AI.
    pub(super) by_ai: bool,
    pub(super) canned: String,
    pub(super) prompt: String,
    pub(super) leave_to_person: bool,
}

impl Values {
    /// As saved.
    pub(super) fn of(rule: &ReplyRule) -> Self {
        let mut values = Self {
            label: rule.label.clone(),
            leave_to_person: rule.leave_to_person,
            ..Self::default()
        };
        match rule.matcher.clone() {
            Matcher::Keywords(matcher) => (values.keywords, values.mode) = (matcher.keywords, matcher.mode),
            Matcher::Prompt(matcher) => {
                (values.by_intent, values.description, values.threshold) =
                    (true, matcher.description, matcher.threshold);
            }
        }
        match rule.response.clone() {
            Response::Canned(text) => values.canned = text,
            Response::AiPrompt(prompt) => (values.by_ai, values.prompt) = (true, prompt),
        }
        values
    }

    /// As suggested.
    pub(super) fn suggested(starter: Starter) -> Self {
        Self {
            label: starter.label.into(),
            keywords: split_keywords(starter.keywords),
            canned: starter.canned.into(),
            leave_to_person: starter.leave_to_person,
            ..Self::default()
        }
    }

    /// As a draft that the domain checks.
    pub(super) fn draft(self) -> RuleDraft {
        RuleDraft {
            label: self.label,
            matcher: if self.by_intent {
                Matcher::Prompt(IntentMatcher {
                    description: self.description,
                    threshold: self.threshold,
                })
            } else {
                Matcher::Keywords(KeywordMatcher {
                    keywords: self.keywords,
                    mode: self.mode,
                })
            },
            response: if self.by_ai {
                Response::AiPrompt(self.prompt)
            } else {
                Response::Canned(self.canned)
            },
            enabled: true,
            leave_to_person: self.leave_to_person,
        }
    }

    /// One text.
    pub(super) fn pack(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Back from one text; none when another release wrote it.
    pub(super) fn unpack(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// The rule's name.
#[component]
pub(super) fn LabelField(editing: Editing) -> impl IntoView {
    let form = editing.form;
    let id = form.part("label");
    let error = format!("{id}-error");
    let invalid = move || form.field_error("label").is_some();
    let check = move || {
        let wrong = editing.label.with_untracked(|label| check_label(label).err());
        form.set_field_error("label", wrong.map(|error| error.to_string()));
    };
    view! {
        <div class="field" class:is-invalid=invalid>
            <label class="field__label" for=id.clone()>"Name"</label>
            <input
                class="input"
                type="text"
                id=id
                name="label"
                dir="auto"
                required
                value=editing.label.get_untracked()
                prop:value=move || editing.label.get()
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=move || invalid().then(|| error.clone())
                on:input=move |event| editing.changed(|| editing.label.set(event_target_value(&event)))
                on:blur=move |event| if form.is_alive() && !browser::goes_to_buttons(&event) { check() }
            />
            <FieldError state=form name="label" />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
