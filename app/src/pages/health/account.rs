//! One account: problems first, each with who can put it right, and where.

use domain::views::{AccountHealth, CheckLine, Place, Tone};
use leptos::prelude::*;

use crate::components::{
    Announcer, Avatar, FixView, Handle, Icon, NextStepLink, PillView, RelativeTime, Toasts, page_path, tone_icon,
};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};
use crate::viewer::{may_edit, may_manage};

/// The card of one account. Its form outlives every new drawing of the lines: an answer finds where it belongs.
#[component]
pub(super) fn Account(account: Memo<AccountHealth>) -> impl IntoView {
    let id = account.with_untracked(|account| account.brief.id);
    let check = FormState::new(format!("check-{id}"), endpoints::CHECK_ACCOUNT);
    let title_id = format!("health-{id}");
    let labelled_by = title_id.clone();
    view! {
        <section class="card card--flush" aria-labelledby=labelled_by>
            {move || head(account.get(), title_id.clone())}
            <ul class="list">{move || lines(account.get(), check)}</ul>
        </section>
    }
    .into_any()
}

fn head(account: AccountHealth, title_id: String) -> AnyView {
    let brief = account.brief;
    view! {
        <div class="card__head">
            <div class="cluster cluster--tight">
                <Avatar letters=brief.monogram class="avatar--sm" />
                <h2 class="card__title" id=title_id>
                    <a class="plain" href=page_path(Place::Account { id: brief.id })>
                        <Handle name=brief.username />
                    </a>
                </h2>
            </div>
            <span class="cluster cluster--tight">
                {account.checked_at.map(|at| view! { <span class="subtle small">"Checked " <RelativeTime moment=at /></span> })}
                <PillView pill=account.pill />
            </span>
        </div>
    }
    .into_any()
}

fn lines(account: AccountHealth, state: FormState) -> AnyView {
    let brief = account.brief;
    let mut check =
        (account.can_be_checked && may_edit()).then(|| check(state, brief.id.to_string(), brief.username.clone()));
    let mut offered: Vec<Place> = Vec::new();
    let lines = account.lines.into_iter().map(|mut line| {
        // Several lines may have the same next step: the first, which is the worst, links to it.
        line.next_step.take_if(|step| offered.contains(&step.place));
        line.next_step
            .take_if(|step| step.place == Place::Connect && !may_manage());
        offered.extend(line.next_step.as_ref().map(|step| step.place));
        let is_problem = matches!(line.state, Tone::Bad | Tone::Warn);
        let check = if is_problem { check.take() } else { None };
        self::line(line, &brief.username, check)
    });
    lines.collect_view().into_any()
}

fn line(line: CheckLine, name: &str, check: Option<AnyView>) -> AnyView {
    let (class, spoken) = match line.state {
        Tone::Ok => ("t-ok", "OK: "),
        Tone::Info => ("t-info", "Waiting: "),
        Tone::Warn => ("t-warn", "Look: "),
        Tone::Bad => ("t-bad", "Problem: "),
        Tone::Idle => ("t-idle", "Not known: "),
    };
    let icon = match line.state {
        Tone::Idle => "todo",
        tone => tone_icon(tone),
    };
    let step = line.next_step.map(|step| {
        let class = if step.place == Place::Connect {
            "btn btn--primary btn--sm"
        } else {
            "btn btn--sm"
        };
        view! { <NextStepLink step class account=name /> }.into_any()
    });
    let actions: Vec<AnyView> = check.into_iter().chain(step).collect();
    view! {
        <li>
            <Icon name=icon class=class />
            <div class="list__text">
                <strong>
                    <span class="visually-hidden">{spoken}</span>
                    {line.label}
                </strong>
                <span dir="auto">{line.sentence}</span>
                {line.fix.map(|fix| view! { <FixView fix /> })}
            </div>
            {(!actions.is_empty()).then(|| view! { <div class="list__end">{actions}</div> })}
        </li>
    }
    .into_any()
}

/// Checks the account after a problem was fixed elsewhere.
fn check(state: FormState, id: String, name: String) -> AnyView {
    let announcer = Announcer::expect();
    let pending = state.pending();
    let label = format!("Check {name}");
    let toasts = Toasts::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        let Ok(answer) = outcome else { return };
        match crate::json::read::<Option<String>>(&answer) {
            Ok(Some(found)) => {
                announcer.say(found.clone());
                toasts.done(found);
            }
            _ => announcer.say(format!("{name} is checked.")),
        }
    });
    view! {
        <PostForm state label on_done>
            <input type="hidden" name="account" value=id />
            <button class="btn btn--sm" type="submit" aria-disabled=move || pending.get().then_some("true")>
                {move || if pending.get() { "Checking …" } else { "I did this, check" }}
            </button>
        </PostForm>
        <FormError state />
    }
    .into_any()
}
