//! Why: the obstacles behind the first one, which the verdict tells, what each earlier rule looked for, and which rules were not evaluated.

use domain::simulate::{RuleLine, Simulation};
use leptos::prelude::*;

use super::SimulatorState;
use crate::components::Icon;
use crate::pages::rules::unsaved::anchor;

/// The steps in the order they are taken.
#[component]
pub(super) fn Explanation(simulator: SimulatorState, result: Simulation) -> impl IntoView {
    let rules = simulator.rule_count();
    let read = result.rules.len();
    let won = result.winner.is_some();
    if result.obstacles.len() == 1 && read == 0 && !result.by_default {
        return ().into_any();
    }
    view! {
        <div class="stack stack--2">
            <h3 class="field__label" id="try-why">"Why"</h3>
            <ol class="trace" aria-labelledby="try-why">
                {obstacles(&result)}
                {rules_in_order(&result.rules)}
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
        .skip(1)
        .map(|obstacle| {
            let next = obstacle.next_step.clone().unwrap_or_default();
            line("is-stop", "warn", &obstacle.sentence, next)
        })
        .collect_view()
        .into_any()
}

/// Many rules in a row that do not match are one line, which unfolds.
const SHOWN_UNFOLDED: usize = 4;

fn rules_in_order(rules: &[RuleLine]) -> AnyView {
    let mut views = Vec::new();
    for run in rules.chunk_by(|one, next| !one.verdict.won() && !next.verdict.won()) {
        match run {
            [first, .., last] if run.len() > SHOWN_UNFOLDED => {
                views.push(folded(first.place.position, last.place.position, run));
            }
            _ => views.extend(run.iter().map(rule)),
        }
    }
    views.into_any()
}

fn folded(from: u32, to: u32, run: &[RuleLine]) -> AnyView {
    view! {
        <li>
            <Icon name="skip" />
            <details class="more">
                <summary>
                    <Icon name="right" />
                    {format!("{from}–{to} do not match")}
                </summary>
                <ol class="trace">{run.iter().map(rule).collect_view()}</ol>
            </details>
        </li>
    }
    .into_any()
}

fn rule(rule: &RuleLine) -> AnyView {
    let title = format!("{} {}", rule.place.position, rule.place.label);
    if !rule.verdict.won() {
        return line("", "skip", &title, rule.sentence.clone());
    }
    let href = anchor(rule.place.rule);
    let sentence = rule.sentence.clone();
    view! {
        <li class="is-win">
            <Icon name="ok" />
            <strong dir="auto">
                <a href=href>{title}</a>
            </strong>
            {(!sentence.is_empty()).then(|| view! { <span dir="auto">{sentence}</span> })}
        </li>
    }
    .into_any()
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
