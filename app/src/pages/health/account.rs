//! One account: problems first, each with who can put it right, and where.

use domain::views::{AccountHealth, CheckLine, Place, Tone};
use leptos::prelude::*;

use crate::components::{Ago, Avatar, FixView, Handle, Icon, PillView, address, step_link, tone_icon};
use crate::forms::{FormError, FormState, PostForm};
use crate::viewer::{may_edit, may_manage};

pub(super) fn account(account: AccountHealth) -> AnyView {
    let brief = account.brief;
    let title_id = format!("health-{}", brief.id);
    let labelled_by = title_id.clone();
    let mut fix = fix(&brief.id.to_string(), &brief.username, account.needs_reconnect);
    let lines = account.lines.into_iter().map(|line| {
        // The first problem gets the button: the others often follow from it.
        let is_problem = matches!(line.state, Tone::Bad | Tone::Warn);
        let fix = if is_problem { fix.take() } else { None };
        self::line(line, fix)
    });
    view! {
        <section class="card card--flush" aria-labelledby=labelled_by>
            <div class="card__head">
                <div class="cluster cluster--tight">
                    <Avatar letters=brief.monogram class="avatar--sm" />
                    <h2 class="card__title" id=title_id>
                        <a class="plain" href=address(Place::Account { id: brief.id })>
                            <Handle name=brief.username />
                        </a>
                    </h2>
                </div>
                <span class="cluster cluster--tight">
                    {account.checked_at.map(|at| view! { <span class="subtle small">"Checked " <Ago moment=at /></span> })}
                    <PillView pill=account.pill />
                </span>
            </div>
            <ul class="list">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn line(line: CheckLine, fix: Option<AnyView>) -> AnyView {
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
            <div class="list__end">{fix} {line.next_step.map(|step| step_link(step, "btn btn--sm"))}</div>
        </li>
    }
    .into_any()
}

/// A new sign-in at Facebook, or a check after something was put right elsewhere.
fn fix(id: &str, name: &str, needs_reconnect: bool) -> Option<AnyView> {
    match (needs_reconnect, may_manage(), may_edit()) {
        (true, true, _) => Some(
            view! {
                <a class="btn btn--primary btn--sm" href=address(Place::Connect)>
                    "Reconnect"
                    <span class="visually-hidden">{format!(" {name}")}</span>
                </a>
            }
            .into_any(),
        ),
        (false, _, true) => Some(check(id, name)),
        _ => None,
    }
}

fn check(id: &str, name: &str) -> AnyView {
    let state = FormState::new(format!("check-{id}"), "/api/accounts/check");
    let pending = state.pending();
    let (id, label) = (id.to_owned(), format!("Check {name}"));
    view! {
        <PostForm state label>
            <input type="hidden" name="account" value=id />
            <button class="btn btn--sm" type="submit" aria-disabled=move || pending.get().then_some("true")>
                {move || if pending.get() { "Checking …" } else { "I did this, check" }}
            </button>
        </PostForm>
        <FormError state />
    }
    .into_any()
}
