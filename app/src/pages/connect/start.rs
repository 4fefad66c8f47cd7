//! Before the sign-in at Facebook: what will be asked, and why.

use domain::permissions::PERMISSIONS;
use domain::views::Tone;
use leptos::prelude::*;

use super::{ACCOUNTS, FACEBOOK, head};
use crate::components::{Banner, Icon};

const PAGES: &str = "Tick each Page whose Instagram account should answer. Others stay unknown to Concierge.";

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
                <ul class="checklist">
                    {asked("Your Pages", PAGES, None)}
                    {PERMISSIONS.map(|permission| asked(permission.label, permission.reason, Some(permission.name))).collect_view()}
                </ul>
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

fn asked(label: &'static str, why: &'static str, name: Option<&'static str>) -> AnyView {
    view! {
        <li>
            <Icon name="lock" />
            <strong>{label}</strong>
            <span>{why} {name.map(|name| view! { " " <span class="mono subtle" translate="no">{name}</span> })}</span>
        </li>
    }
    .into_any()
}
