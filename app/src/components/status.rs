//! The sentence that opens a page.

use domain::views::StatusSentence;
use leptos::prelude::*;

use super::{Ago, Icon, tone_icon};

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
            <span>{status.rest}</span>
            {status
                .last_dm
                .map(|moment| view! { <span>" Last DM " <Ago moment /> "."</span> })}
        </p>
    }
    .into_any()
}

/// 1040 → "1,040"; −1040 → "−1,040".
#[must_use]
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
