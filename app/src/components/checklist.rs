//! Live facts, never ticked by hand; each line links to its fix.

use domain::views::{CheckLine, Tone};
use leptos::prelude::*;

use super::{Icon, step_link};

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
            {line.next_step.map(|step| step_link(step, ""))}
            <span dir="auto">{line.sentence}</span>
        </li>
    }
    .into_any()
}
