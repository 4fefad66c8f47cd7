//! Nothing was connected: why, and the one next step.

use domain::views::{ConnectNext, ConnectProblem, ConnectProblemKind, PermissionLine};
use leptos::prelude::*;

use super::pages::impossible;
use super::{ACCOUNTS, FACEBOOK, FACEBOOK_AGAIN, Shown, head, show_next_step};
use crate::components::Icon;
use crate::endpoints;
use crate::forms::{FormError, FormState, PostForm};

/// How an account becomes one that can be connected.
const HOW_TO_LINK: [(&str, &str); 3] = [
    (
        "Make the account professional",
        "Instagram app → Settings → Account type and tools → Switch to professional account.",
    ),
    (
        "Link it to a Page",
        "Facebook → your Page → Settings → Linked accounts → Instagram.",
    ),
    ("Come back and look again", "You do not have to sign in a second time."),
];

pub(super) fn problem(problem: ConnectProblem, attempt: Option<String>, shown: Shown) -> AnyView {
    let (tone, icon) = tone_and_icon(problem.kind);
    let help = (problem.kind == ConnectProblemKind::NothingLinked).then(how_to_link);
    view! {
        {head("Connect an account", String::new())}
        <section class="measure stack" aria-label="What happened">
            <div class=format!("banner banner--{tone}") role="alert">
                <Icon name=icon />
                <div>
                    <h2 class="banner__title">{problem.lead}</h2>
                    <p class="banner__text">{problem.sentence}</p>
                </div>
            </div>
            {(!problem.permissions.is_empty()).then(|| permissions(problem.permissions))}
            {help}
            {impossible("What Facebook named", problem.pages)}
            {next_step(problem.next, problem.next_label, attempt, shown)}
        </section>
    }
    .into_any()
}

const fn tone_and_icon(kind: ConnectProblemKind) -> (&'static str, &'static str) {
    use ConnectProblemKind as Kind;
    match kind {
        Kind::PermissionsMissing => ("bad", "lock"),
        Kind::Misconfigured | Kind::AppUnavailable | Kind::LoginRefused => ("bad", "bad"),
        Kind::NoPages | Kind::NothingLinked => ("warn", "unlink"),
        Kind::ConnectedElsewhere => ("warn", "lock"),
        Kind::Expired | Kind::ChoiceExpired | Kind::SessionEnded => ("warn", "clock"),
        _ => ("warn", "warn"),
    }
}

fn permissions(lines: Vec<PermissionLine>) -> AnyView {
    view! { <ul class="card checklist" aria-label="Permissions">{lines.into_iter().map(permission).collect_view()}</ul> }
        .into_any()
}

fn permission(line: PermissionLine) -> AnyView {
    let (class, icon, spoken) = if line.given {
        ("is-done", "ok", "Given: ")
    } else {
        ("is-bad", "bad", "Missing: ")
    };
    view! {
        <li class=class>
            <Icon name=icon />
            <strong>
                <span class="visually-hidden">{spoken}</span>
                {line.label}
            </strong>
            <span class="mono">{line.name}</span>
        </li>
    }
    .into_any()
}

fn how_to_link() -> AnyView {
    let steps = HOW_TO_LINK.map(|(name, help)| {
        view! {
            <li>
                <Icon name="todo" />
                <strong>{name}</strong>
                <span>{help}</span>
            </li>
        }
    });
    view! { <ol class="card checklist" aria-label="How to link an account">{steps.collect_view()}</ol> }.into_any()
}

fn next_step(next: ConnectNext, label: String, attempt: Option<String>, shown: Shown) -> AnyView {
    let not_now = view! { <a class="btn" href=ACCOUNTS>"Not now"</a> };
    let step = match (next, attempt) {
        (ConnectNext::LookAgain, Some(attempt)) => return look_again(label, attempt, shown),
        (ConnectNext::Accounts, _) => {
            return view! { <a class="btn btn--primary" href=ACCOUNTS>{label}</a> }.into_any();
        }
        (ConnectNext::AskAgain, _) => to_facebook(FACEBOOK_AGAIN, label),
        (ConnectNext::Again | ConnectNext::LookAgain, _) => to_facebook(FACEBOOK, label),
    };
    view! { <div class="cluster">{step}{not_now}</div> }.into_any()
}

fn to_facebook(address: &'static str, label: String) -> AnyView {
    view! { <a class="btn btn--primary" href=address rel="external">{label}</a> }.into_any()
}

fn look_again(label: String, attempt: String, shown: Shown) -> AnyView {
    let state = FormState::new("look-again", endpoints::LOOK_AGAIN);
    let pending = state.pending();
    view! {
        <FormError state />
        <div class="cluster">
            <PostForm state label="Look again" on_done=show_next_step(shown)>
                <input type="hidden" name="visit" value=attempt />
                <button class="btn btn--primary" type="submit" aria-disabled=move || pending.get().then_some("true")>
                    <Icon name="sync" />
                    {move || if pending.get() { "Asking Facebook …".to_owned() } else { label.clone() }}
                </button>
            </PostForm>
            <a class="btn" href=ACCOUNTS>"Not now"</a>
        </div>
    }
    .into_any()
}
