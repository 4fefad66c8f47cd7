//! One account as a card: status, facts, switches, and links to its pages.

use domain::accounts::AccountStatus;
use domain::views::{AccountCard, Place};
use leptos::prelude::*;

use super::switches::{AutoReplySwitch, EnabledSwitch};
use crate::components::{Avatar, Handle, Icon, NextStepLink, PillView, RelativeTime, page_path};
use crate::viewer::may_manage;

/// A card that follows its data; the switches stay the same elements.
#[component]
pub fn Card(card: Memo<AccountCard>) -> impl IntoView {
    let id = card.with_untracked(|card| card.brief.id);
    let name = Signal::derive(move || card.with(|card| card.brief.username.clone()));
    let class = move || match card.with(|card| card.status) {
        AccountStatus::Disconnected => "card acct acct--idle",
        AccountStatus::NeedsReconnect => "card acct acct--bad",
        AccountStatus::NeedsAttention | AccountStatus::Paused { .. } => "card acct acct--warn",
        AccountStatus::Connected if card.with(|card| card.problem.is_some()) => "card acct acct--warn",
        AccountStatus::Connected => "card acct",
    };
    view! {
        <li class=class>
            {move || head(card.get())}
            {move || card.with(problem)}
            {move || facts(card.get())}
            <div class="acct__switches" hidden=move || card.with(|card| card.status == AccountStatus::Disconnected)>
                <EnabledSwitch id name on=Signal::derive(move || card.with(|card| card.enabled)) compact=true />
                <AutoReplySwitch id name on=Signal::derive(move || card.with(|card| card.auto_reply)) compact=true />
            </div>
            <div class="cluster">
                <a class="btn" href=page_path(Place::Rules { id })>
                    <Icon name="rules" />
                    {move || card.with(|card| rule_count(card.rules))}
                </a>
                <a class="btn btn--quiet" href=page_path(Place::Account { id })>
                    "Open"
                    <span class="visually-hidden">{move || format!(" {}", name.get())}</span>
                </a>
            </div>
        </li>
    }
    .into_any()
}

/// "1 rule", "6 rules".
pub(super) fn rule_count(rules: u32) -> String {
    if rules == 1 {
        "1 rule".into()
    } else {
        format!("{rules} rules")
    }
}

fn head(card: AccountCard) -> AnyView {
    let brief = card.brief;
    view! {
        <div class="acct__head">
            <Avatar letters=brief.monogram />
            <div>
                <h2 class="acct__name">
                    <a href=page_path(Place::Account { id: brief.id })>
                        <Handle name=brief.username />
                    </a>
                </h2>
                <p class="muted small" dir="auto">{brief.name}</p>
            </div>
            <PillView pill=brief.pill />
        </div>
    }
    .into_any()
}

/// What is wrong, why, and the next step. The link to Facebook is for people who may connect accounts.
pub(super) fn problem(card: &AccountCard) -> Option<AnyView> {
    let problem = card.problem.clone()?;
    let step = problem
        .next_step
        .filter(|step| step.place != Place::Connect || may_manage());
    let view = view! {
        <div class="acct__why">
            <p>
                <strong>{problem.lead}</strong>
                " "
                <span dir="auto">{problem.sentence}</span>
            </p>
            {step
                .map(|step| {
                    let class = if step.place == Place::Connect { "btn btn--primary btn--fit" } else { "btn btn--sm btn--fit" };
                    view! { <NextStepLink step class account=card.brief.username.clone() /> }
                })}
        </div>
    };
    Some(view.into_any())
}

fn facts(card: AccountCard) -> AnyView {
    let took = card
        .last_reply_took_ms
        .map(|took| format!(", {}{}", if took < 100 { "" } else { "in " }, format_duration(took)));
    let last = |moment: Option<_>| match moment {
        Some(moment) => view! { <RelativeTime moment /> }.into_any(),
        None => "Never".into_any(),
    };
    view! {
        <dl class="facts">
            <dt>"Token"</dt>
            <dd>{card.token}</dd>
            <dt>"Last DM"</dt>
            <dd>{last(card.last_dm)}</dd>
            <dt>"Last reply"</dt>
            <dd>{last(card.brief.last_reply)}{took}</dd>
            {(card.waiting > 0)
                .then(|| {
                    view! {
                        <dt>"Waiting"</dt>
                        <dd>{if card.waiting == 1 { "1 reply".to_owned() } else { format!("{} replies", card.waiting) }}</dd>
                    }
                })}
        </dl>
    }
    .into_any()
}

/// "< 0.1 s", "0.4 s", "12 s", "3 min".
pub(crate) fn format_duration(milliseconds: i64) -> String {
    match milliseconds {
        ..=99 => "< 0.1 s".to_owned(),
        100..=9_999 => format!("{}.{} s", milliseconds / 1_000, milliseconds % 1_000 / 100),
        10_000..=119_999 => format!("{} s", milliseconds / 1_000),
        120_000..=7_199_999 => format!("{} min", milliseconds / 60_000),
        _ => format!("{} h", milliseconds / 3_600_000),
    }
}
