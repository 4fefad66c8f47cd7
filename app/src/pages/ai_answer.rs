//! What the AI answered to a message that an admin made up: the words, what holds them back, every check, and what it would cost.

use domain::persona::ReplyAction;
use domain::views::{AnswerCheckLine, TryAnswer};
use leptos::prelude::*;

use crate::components::Icon;

/// Whether it would be sent, in a few words.
pub(super) fn answer_title(answer: &TryAnswer) -> &'static str {
    match (&answer.held_by, &answer.reply) {
        (Some(_), _) => "This would not be sent",
        (None, None) => "The AI had nothing to say",
        (None, Some(_)) => "This would be sent",
    }
}

/// The answer and its checks.
#[component]
pub(super) fn AiAnswer(answer: TryAnswer) -> impl IntoView {
    let title = answer_title(&answer);
    let stopped = answer.held_by.is_some() || answer.reply.is_none();
    let live = match answer.cost_credits {
        1 => "1 credit".to_owned(),
        credits => format!("{credits} credits"),
    };
    view! {
        <div class="verdict" class:verdict--stop=stopped>
            <p class="verdict__title">
                <Icon name=if stopped { "warn" } else { "ok" } />
                <span>{title}</span>
            </p>
            {answer.held_by.map(|why| view! { <p class="small">{why} " " {answer.next_step}</p> })}
            {answer.reply.map(|reply| view! { <p class="bubble" dir="auto" translate="no">{reply}</p> })}
            {(answer.action == ReplyAction::HandOver)
                .then(|| view! { <p class="small">"Then the conversation is left to a person."</p> })}
            <p class="verdict__meta">
                <span>{format!("0 credits here, {live} live")}</span>
                <span>{format!("{} tokens", answer.tokens)}</span>
            </p>
        </div>
        <h3 class="field__label">"Checks"</h3>
        <ul class="trace" aria-label="Checks">{answer.checks.into_iter().map(check).collect_view()}</ul>
    }
    .into_any()
}

fn check(line: AnswerCheckLine) -> AnyView {
    let (class, icon, word) = match line.passed {
        Some(true) => ("is-ok", "check", "passed"),
        Some(false) => ("is-stop", "bad", "held it back"),
        None => ("is-unread", "skip", "not reached"),
    };
    view! {
        <li class=class>
            <Icon name=icon />
            <strong>{line.name} <span class="visually-hidden">": " {word}</span></strong>
        </li>
    }
    .into_any()
}
