//! The values of a rule form, and how they are written down as one text for the browser's storage.

use domain::limits::check_label;
use domain::rules::{MatchMode, Matcher, ReplyRule, split_keywords};
use leptos::prelude::*;

use super::state::Editing;
use crate::browser;
use crate::forms::FieldError;
use crate::pages::rules::starters::Starter;

/// What can be typed into a rule.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Values {
    pub(super) label: String,
    pub(super) keywords: Vec<String>,
    pub(super) mode: MatchMode,
    pub(super) canned: String,
}

const BETWEEN: char = '\u{1f}';

impl Values {
    /// As saved.
    pub(super) fn of(rule: &ReplyRule) -> Self {
        let (keywords, mode) = match &rule.matcher {
            Matcher::Keywords(matcher) => (matcher.keywords.clone(), matcher.mode),
            Matcher::Prompt(_) => (Vec::new(), MatchMode::default()),
        };
        Self {
            label: rule.label.clone(),
            keywords,
            mode,
            canned: rule.response.text().to_owned(),
        }
    }

    /// As suggested.
    pub(super) fn suggested(starter: Starter) -> Self {
        Self {
            label: starter.label.into(),
            keywords: split_keywords(starter.keywords),
            mode: MatchMode::default(),
            canned: starter.text.into(),
        }
    }

    /// One text.
    pub(super) fn pack(&self) -> String {
        let keywords = self.keywords.join("\n");
        [&self.label, &keywords, self.mode.as_str(), &self.canned].join(&BETWEEN.to_string())
    }

    /// Back from one text.
    pub(super) fn unpack(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, BETWEEN);
        Some(Self {
            label: parts.next()?.to_owned(),
            keywords: split_keywords(parts.next()?),
            mode: parts.next()?.parse().ok()?,
            canned: parts.next()?.to_owned(),
        })
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
