//! How many credits are left and how long they last.

use domain::standing::Shortage;
use domain::views::{CreditsPage, Outlook, Tone};
use leptos::prelude::*;

use crate::components::{BalanceChart, Banner, format_number};

/// The banner at zero, and shortly before.
pub(super) fn warning(page: &CreditsPage) -> AnyView {
    match (&page.unanswered, page.balance, Shortage::of(page.balance, &page.outlook, used_today(page))) {
        (Some(unanswered), ..=0, _) => {
            let count = if unanswered.count == 1 { "1 DM was".to_owned() } else { format!("{} DMs were", unanswered.count) };
            let text = format!(
                "Since {}, {count} not answered. They will not be answered later; you can write to them in Instagram.",
                unanswered.since.short
            );
            view! {
                <Banner tone=Tone::Bad alert=true title="No credits: customers get no reply" text>
                    <a class="btn btn--sm" href="/admin/messages?outcome=skipped&reason=no_credits">"See them"</a>
                </Banner>
            }
            .into_any()
        }
        (None, ..=0, _) => view! {
            <Banner tone=Tone::Bad title="No credits: customers get no reply" text="Ask your operator for reply credits. Old DMs are not answered later." />
        }
        .into_any(),
        (_, balance, Some(shortage)) => {
            let title = format!("Your reply credits {}", shortage.what());
            let text = format!("{} left{}. At zero, replies stop. Ask your operator for more.", format_number(balance), shortage.pace());
            view! { <Banner tone=Tone::Warn title text /> }.into_any()
        }
        (_, _, None) => ().into_any(),
    }
}

fn used_today(page: &CreditsPage) -> u32 {
    page.days.last().map_or(0, |today| today.canned + today.ai)
}

/// The card.
pub(super) fn balance(page: &CreditsPage) -> AnyView {
    let low = page.outlook.forecast().is_some_and(|forecast| forecast.days <= 1);
    let tone = match (page.balance, low) {
        (..=0, _) => "t-bad",
        (_, true) => "t-warn",
        _ => "",
    };
    view! {
        <section class="card stack" aria-labelledby="balance-title">
            <h2 class="card__title" id="balance-title">"Balance"</h2>
            <div class="stats stats--tight">
                <div class="stat">
                    <span class=format!("stat__value stat__value--xl {tone}")>{format_number(page.balance)}</span>
                    <span class="stat__label">"credits left"</span>
                </div>
                {lasts(&page.outlook)}
            </div>
            {reserved(page.reserved)}
            {curve(page)}
        </section>
    }
    .into_any()
}

/// The balance at the end of the last days, once there are two of them: one is no curve.
fn curve(page: &CreditsPage) -> AnyView {
    let days = page.balances.clone();
    match days.iter().filter(|day| day.balance.is_some()).count() {
        0 => ().into_any(),
        1 => view! { <p class="muted small">"From tomorrow on, a curve shows the balance at the end of each day."</p> }
            .into_any(),
        _ => view! { <BalanceChart days /> }.into_any(),
    }
}

/// How long they last, once there is a week to go by.
fn lasts(outlook: &Outlook) -> AnyView {
    let forecast = match outlook {
        Outlook::Unused => return ().into_any(),
        Outlook::TooEarly => {
            return view! {
                <div class="stat">
                    <span class="stat__value">"Too early to say"</span>
                    <span class="stat__label">"how long they last: that is told from 7 days of use on"</span>
                </div>
            }
            .into_any();
        }
        Outlook::Lasts(forecast) => forecast.clone(),
    };
    let days = match forecast.days {
        0 => "Less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    view! {
        <div class="stat">
            <span class="stat__value">{days}</span>
            <span class="stat__label">{format!("at {} replies a day", forecast.per_day)}</span>
        </div>
        <div class="stat">
            <span class="stat__value">{forecast.stops}</span>
            <span class="stat__label">"replies stop about then"</span>
        </div>
    }
    .into_any()
}

fn reserved(count: i64) -> AnyView {
    let sentence = match count {
        ..=0 => return ().into_any(),
        1 => "1 more is reserved for a reply on its way; it comes back if the reply does not go out.".to_owned(),
        _ => format!(
            "{} more are reserved for replies on their way; they come back if the replies do not go out.",
            format_number(count)
        ),
    };
    view! { <p class="muted small">{sentence}</p> }.into_any()
}
