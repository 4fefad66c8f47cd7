//! The sentence that opens a page.

use domain::views::StatusSentence;
use leptos::prelude::*;

use super::{Icon, RelativeTime, tone_icon};

/// "**On.** 312 credits. Token good for 41 days. Last DM 4 min ago."
#[component]
pub fn StatusLine(
    status: StatusSentence,
    /// As the overview's headline.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let tone = match status.tone.as_str() {
        "ok" => "t-ok",
        "warn" => "t-warn",
        "bad" => "t-bad",
        "info" => "t-info",
        _ => "t-idle",
    };
    view! {
        <p class=if large { "headline" } else { "status-line" }>
            <Icon name=tone_icon(status.tone) class=tone />
            " "
            <strong>{status.lead}</strong>
            " "
            <span>{if large { with_strong_numbers(&status.rest) } else { status.rest.into_any() }}</span>
            {status
                .last_dm
                .map(|moment| view! { <span>" Last DM " <RelativeTime moment /> "."</span> })}
        </p>
    }
    .into_any()
}

/// "312 credits. 1 of 4 accounts is answering." with 312 and 1 of 4 in strong type.
fn with_strong_numbers(sentence: &str) -> AnyView {
    let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let words: Vec<&str> = sentence.split(' ').collect();
    let strong = |index: usize| {
        let word = |at: usize| words.get(at).copied().unwrap_or_default();
        is_number(word(index)) || (word(index) == "of" && index > 0 && is_number(word(index - 1)))
    };
    let mut views = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            views.push(" ".into_any());
        }
        let word = (*word).to_owned();
        views.push(if strong(index) {
            view! { <strong>{word}</strong> }.into_any()
        } else {
            word.into_any()
        });
    }
    views.into_any()
}
