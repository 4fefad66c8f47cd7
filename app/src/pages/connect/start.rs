//! Before the sign-in at Facebook: what will be asked, and why.

use domain::views::Tone;
use leptos::prelude::*;

use super::{ACCOUNTS, FACEBOOK, head};
use crate::components::{Banner, Icon};

/// What Facebook asks for, in its own words, and what it is for.
const ASKED: [(&str, &str); 5] = [
    (
        "Your Pages",
        "Tick each Page whose Instagram account should answer. Others stay unknown to Concierge.",
    ),
    ("See your Instagram profile", "To know the account’s name."),
    (
        "Manage Instagram messages",
        "To read a DM and send the reply you wrote.",
    ),
    (
        "Receive events for the Page",
        "So that a DM arrives here the moment it is sent.",
    ),
    (
        "Message as the Page",
        "Instagram sends replies through the linked Page.",
    ),
];

pub(super) fn start(connected: &[String], warning: Option<String>) -> AnyView {
    let lead = match connected.len() {
        0 => "You sign in with Facebook and choose the account. It takes about two minutes.".to_owned(),
        1 => "1 account is connected already. Connect another one, or the same one again.".to_owned(),
        many => format!("{many} accounts are connected already. Connect another one, or one of them again."),
    };
    view! {
        {head("Connect an account", lead)}
        <section class="measure stack" aria-label="Before you sign in">
            {warning
                .map(|text| {
                    view! { <Banner tone=Tone::Warn title="Keep the ticks of what is connected" text=text /> }
                })}
            <div class="card">
                <div class="card__head">
                    <h2 class="card__title">"What Facebook will ask you"</h2>
                </div>
                <ul class="checklist">{ASKED.map(|(name, why)| asked(name, why)).collect_view()}</ul>
            </div>
            <p class="note">
                <Icon name="info" />
                "A new account starts with auto-reply off: nobody gets a reply before you switch it on. Reconnecting keeps rules, default reply and history."
            </p>
            <div class="cluster">
                <a class="btn btn--primary" href=FACEBOOK rel="external">
                    "Continue with Facebook"
                </a>
                <a class="btn" href=ACCOUNTS>"Cancel"</a>
            </div>
        </section>
    }
    .into_any()
}

fn asked(name: &'static str, why: &'static str) -> AnyView {
    view! {
        <li>
            <Icon name="lock" />
            <strong>{name}</strong>
            <span>{why}</span>
        </li>
    }
    .into_any()
}
