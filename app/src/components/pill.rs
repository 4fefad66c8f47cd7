//! The state of a thing: icon, word and colour together.

use domain::views::{Pill, Tone};
use leptos::prelude::*;

use super::Icon;

/// The icon of a tone.
#[must_use]
pub const fn tone_icon(tone: Tone) -> &'static str {
    match tone {
        Tone::Ok => "ok",
        Tone::Info => "clock",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Idle => "pause",
    }
}

/// A state as a pill.
#[component]
pub fn PillView(pill: Pill) -> impl IntoView {
    let icon = match (&*pill.label, pill.tone) {
        ("By a person", _) => "person",
        ("Not answered", _) => "skip",
        (_, tone) => tone_icon(tone),
    };
    view! {
        <span class=format!("pill pill--{}", pill.tone.as_str())>
            <Icon name=icon />
            {pill.label}
        </span>
    }
    .into_any()
}
