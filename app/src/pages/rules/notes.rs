//! Warnings that belong to one rule, each with its fix.

use domain::ids::RuleId;
use domain::rules::{MatchMode, Matcher};
use domain::views::RuleRow;
use leptos::prelude::*;

use super::store::Rules;
use crate::components::Icon;

/// Short keywords that match inside other words.
#[component]
pub fn Notes(rules: Rules, id: RuleId, row: Memo<RuleRow>) -> impl IntoView {
    let warning = Memo::new(move |_| row.with(short_keyword));
    let open = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        rules.open(&id.to_string());
        crate::browser::focus(format!("#rule-form-{id} select"));
    };
    move || {
        warning.get().map(|sentence| {
            view! {
                <div class="rule__notes">
                    <p class="note note--warn">
                        <Icon name="warn" />
                        <span>
                            {sentence} " "
                            <a class="link-btn" href=format!("?edit={id}#rule-{id}") on:click=open>"Match whole words"</a>
                        </span>
                    </p>
                </div>
            }
        })
    }
}

/// "'hi' has 2 letters and can sit inside other words."
pub(super) fn short_keyword(row: &RuleRow) -> Option<String> {
    match &row.rule.matcher {
        Matcher::Keywords(matcher) if matcher.mode == MatchMode::Contains => {
            matcher.keywords.iter().find_map(|keyword| short_words(keyword))
        }
        _ => None,
    }
}

/// The warning about one keyword in the mode *contains*.
pub(super) fn short_words(keyword: &str) -> Option<String> {
    let letters = keyword.chars().count();
    let alphabetic = keyword
        .chars()
        .all(|letter| letter.is_alphabetic() && (letter as u32) < 0x2E80);
    (letters < 3 && alphabetic).then(|| {
        let word = if letters == 1 { "letter" } else { "letters" };
        format!("“{keyword}” has {letters} {word} and also sits inside other words.")
    })
}
