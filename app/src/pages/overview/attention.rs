//! What needs the reader, most urgent first.

use domain::views::{Attention, Tone};
use leptos::prelude::*;

use crate::components::{Handle, Icon, NextStepLink, tone_icon};

/// A card with one line each.
#[component]
pub fn AttentionList(items: Vec<Attention>) -> impl IntoView {
    let lines = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| line(item, index == 0))
        .collect_view();
    view! {
        <section class="card card--flush" aria-labelledby="attention-title">
            <div class="card__head">
                <h2 class="card__title" id="attention-title">"Needs you"</h2>
                <span class="subtle small">"Most urgent first"</span>
            </div>
            <ul class="list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(item: Attention, first: bool) -> AnyView {
    let tone = match item.tone {
        Tone::Ok => "t-ok",
        Tone::Info => "t-info",
        Tone::Warn => "t-warn",
        Tone::Bad => "t-bad",
        Tone::Idle => "t-idle",
    };
    let button = if first {
        "btn btn--primary btn--sm"
    } else {
        "btn btn--sm"
    };
    view! {
        <li>
            <Icon name=tone_icon(item.tone) class=tone />
            <div class="list__text">
                <strong><Handle name=item.subject /></strong>
                " "
                {item.what}
                <span dir="auto">{item.detail}</span>
            </div>
            <div class="list__end"><NextStepLink step=item.next_step class=button /></div>
        </li>
    }
    .into_any()
}
