//! What an admin would want to know before saving: words that an earlier rule catches first, words that match too much.

use domain::rules::{MatchMode, Matcher};
use leptos::prelude::*;

use super::state::Editing;
use crate::components::Icon;
use crate::pages::rules::notes::short_words;
use crate::pages::rules::store::{Cause, Move};

/// An earlier rule with the same keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Caught {
    keyword: String,
    position: u32,
    label: String,
}

impl Editing {
    /// The first keyword that an earlier rule answers.
    fn caught(&self) -> Option<Caught> {
        let mine = self.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id));
        self.keywords.with(|keywords| {
            self.rules.data.with(|page| {
                let earlier = page
                    .rules
                    .iter()
                    .take_while(|row| Some(row.rule.id) != mine)
                    .filter(|row| row.rule.enabled);
                earlier.into_iter().find_map(|row| {
                    let Matcher::Keywords(matcher) = &row.rule.matcher else {
                        return None;
                    };
                    let caught = keywords.iter().find(|keyword| has(&matcher.keywords, keyword))?;
                    Some(Caught {
                        keyword: caught.clone(),
                        position: row.position,
                        label: row.rule.label.clone(),
                    })
                })
            })
        })
    }

    /// Whether a chip should be looked at.
    pub(super) fn is_doubtful(&self, keyword: &str) -> bool {
        self.caught().is_some_and(|caught| caught.keyword == keyword)
            || (self.mode.get() == MatchMode::Contains && short_words(keyword).is_some())
    }
}

fn has(keywords: &[String], keyword: &str) -> bool {
    let lower = keyword.to_lowercase();
    keywords.iter().any(|there| there.to_lowercase() == lower)
}

/// The warnings below the keywords.
#[component]
pub(super) fn Warnings(editing: Editing) -> impl IntoView {
    let caught = Memo::new(move |_| editing.caught());
    let short = Memo::new(move |_| {
        let contains = editing.mode.get() == MatchMode::Contains;
        contains
            .then(|| {
                editing
                    .keywords
                    .with(|words| words.iter().find_map(|word| short_words(word)))
            })
            .flatten()
    });
    view! {
        {move || caught.get().map(|caught| caught_note(editing, caught))}
        {move || short.get().map(|sentence| short_note(editing, sentence))}
    }
    .into_any()
}

fn caught_note(editing: Editing, caught: Caught) -> AnyView {
    let to = caught.position;
    let mine = editing.rule.with_value(|rule| rule.as_ref().map(|rule| rule.id));
    view! {
        <p class="note note--warn">
            <Icon name="warn" />
            <span dir="auto">
                {format!("Rule {to}, {}, already catches “{}”. ", caught.label, caught.keyword)}
                {mine
                    .map(|rule| {
                        view! {
                            <button class="link-btn" type="button" on:click=move |_| editing.rules.move_rule(Move { rule, to, cause: Cause::Step })>
                                {format!("Move above rule {to}")}
                            </button>
                        }
                    })}
            </span>
        </p>
    }
    .into_any()
}

fn short_note(editing: Editing, sentence: String) -> AnyView {
    let whole = move |_| editing.changed(|| editing.mode.set(MatchMode::WholeWord));
    view! {
        <p class="note note--warn">
            <Icon name="warn" />
            <span dir="auto">
                {sentence}
                " "
                <button class="link-btn" type="button" on:click=whole>
                    "Match whole words"
                </button>
            </span>
        </p>
    }
    .into_any()
}
