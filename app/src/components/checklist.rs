//! Live facts, never ticked by hand; each line links to its fix.

use domain::views::{CheckLine, Fix, Tone};
use leptos::prelude::*;

use super::{Icon, NextStepLink};

/// A list of check lines.
#[component]
pub fn CheckList(lines: Vec<CheckLine>) -> impl IntoView {
    view! { <ol class="checklist">{lines.into_iter().map(line).collect_view()}</ol> }.into_any()
}

fn line(line: CheckLine) -> AnyView {
    let (class, icon, spoken) = match line.state {
        Tone::Ok => ("is-done", "ok", "Done: "),
        Tone::Info => ("is-wait", "clock", "Waiting: "),
        Tone::Warn => ("is-warn", "warn", "Look: "),
        Tone::Bad => ("is-bad", "bad", "Broken: "),
        Tone::Idle => ("", "todo", "To do: "),
    };
    view! {
        <li class=class>
            <Icon name=icon />
            <strong>
                <span class="visually-hidden">{spoken}</span>
                {line.label}
            </strong>
            {line.next_step.map(|step| view! { <NextStepLink step /> })}
            <span dir="auto">{line.sentence}</span>
            {line.fix.map(|fix| view! { <FixView fix /> })}
        </li>
    }
    .into_any()
}

/// Who can put something right outside of Concierge, and where.
#[component]
pub fn FixView(fix: Fix) -> impl IntoView {
    let Fix { who, label, url } = fix;
    view! {
        <span>
            "Who can fix it: "
            {who}
            "."
            {(!url.is_empty())
                .then(|| {
                    view! {
                        " "
                        <a href=url target="_blank" rel="external noopener noreferrer">
                            {label}
                            <span class="visually-hidden">" (opens in a new tab)"</span>
                        </a>
                    }
                })}
        </span>
    }
    .into_any()
}
