//! Why: the obstacles, what each earlier rule looked for, and which rules were not evaluated.

use domain::simulate::{RuleLine, Simulation};
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Icon;

/// The steps in the order they are taken.
#[component]
pub(super) fn Explanation(simulator: SimulatorState, result: Simulation) -> impl IntoView {
    let rules = untrack(|| simulator.config.with(|config| config.config().rules.len()));
    let read = result.rules.len();
    let won = result.winner.is_some();
    view! {
        <div class="stack stack--2">
            <h3 class="field__label">"Why"</h3>
            <ol class="trace">
                {obstacles(&result)}
                {result.rules.iter().map(rule).collect_view()}
                {(won && read < rules).then(|| unread(read + 1, rules))}
                {result.by_default.then(default_reply)}
            </ol>
        </div>
    }
    .into_any()
}

fn obstacles(result: &Simulation) -> AnyView {
    if result.obstacles.is_empty() {
        return line(
            "is-ok",
            "check",
            "Nothing stops it",
            "Account on, auto-reply on, inside 24 hours".into(),
        );
    }
    result
        .obstacles
        .iter()
        .map(|obstacle| {
            let next = obstacle.next_step.clone().unwrap_or_default();
            line("is-stop", "warn", &obstacle.sentence, next)
        })
        .collect_view()
        .into_any()
}

fn rule(rule: &RuleLine) -> AnyView {
    let title = format!("{} {}", rule.place.position, rule.place.label);
    let (class, icon) = if rule.verdict.won() {
        ("is-win", "ok")
    } else {
        ("", "skip")
    };
    line(class, icon, &title, rule.sentence.clone())
}

fn unread(from: usize, to: usize) -> AnyView {
    let title = if from == to {
        format!("{from} was not read")
    } else {
        format!("{from}–{to} were not read")
    };
    line("is-unread", "skip", &title, "The first match replies".into())
}

fn default_reply() -> AnyView {
    line("is-win", "ok", "Default reply", "No rule matches".into())
}

fn line(class: &'static str, icon: &'static str, title: &str, detail: String) -> AnyView {
    let title = title.to_owned();
    view! {
        <li class=class>
            <Icon name=icon />
            <strong dir="auto">{title}</strong>
            {(!detail.is_empty()).then(|| view! { <span dir="auto">{detail}</span> })}
        </li>
    }
    .into_any()
}
