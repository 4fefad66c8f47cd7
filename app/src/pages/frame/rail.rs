//! The rail of wide screens.

use domain::standing::credits_note;
use domain::views::{Rail, Tone, Viewer};
use leptos::prelude::*;

use super::RailData;
use super::account_menu::AccountMenu;
use super::nav::{HealthLink, NavLinks};
use super::palette::{GoToButton, Overlays};
use super::theme::ThemeSwitch;
use crate::components::{ChatLink, Icon, format_number};

/// Brand, tenant, places, credits, theme and sign-out.
#[component]
pub fn RailView(
    viewer: Viewer,
    /// What the tenant is called now.
    name: RwSignal<String>,
    rail: RailData,
    overlays: Overlays,
) -> impl IntoView {
    view! {
        <header class="rail">
            <a class="brand" translate="no" href="/admin">
                <span class="brand__mark">
                    <Icon name="bell" />
                </span>
                "Concierge"
            </a>
            <div class="tenant">
                <span class="avatar avatar--sm avatar--square" aria-hidden="true">{move || name.with(|name| monogram(name))}</span>
                <span>
                    <bdi translate="no">{move || name.get()}</bdi>
                    <small><Accounts rail /></small>
                </span>
            </div>
            <GoToButton overlays />
            <nav class="nav" aria-label="Main">
                <NavLinks rail class="nav__item" />
                <hr class="nav__rule" />
                <HealthLink rail class="nav__item" />
            </nav>
            <div class="rail__foot">
                <ChatLink class="nav__item" />
                <a class="rail__credits" href="/admin/credits">
                    <span>"Reply credits"</span>
                    <Credits rail />
                </a>
                <div class="rail__user">
                    <ThemeSwitch id="theme-rail" />
                    <AccountMenu email=viewer.email name id="rail" />
                </div>
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Accounts(rail: RailData) -> impl IntoView {
    view! {
        <Transition fallback=|| "\u{a0}">
            {move || Suspend::new(async move {
                match rail.await.map(|rail| rail.accounts) {
                    Ok(0) => "No Instagram account yet".to_owned(),
                    Ok(1) => "1 Instagram account".to_owned(),
                    Ok(count) => format!("{count} Instagram accounts"),
                    Err(_) => "\u{a0}".to_owned(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Credits(rail: RailData) -> impl IntoView {
    view! {
        <Transition fallback=|| view! { <strong>"\u{a0}"</strong> }>
            {move || Suspend::new(async move { rail.await.ok().map(credits) })}
        </Transition>
    }
}

fn credits(rail: Rail) -> AnyView {
    let note = credits_note(rail.credits, &rail.outlook);
    let class = |tone: Tone| match tone {
        Tone::Bad => "t-bad",
        Tone::Warn => "t-warn",
        _ => "subtle",
    };
    let tone = note.as_ref().map_or("", |(tone, _)| class(*tone));
    view! {
        <strong class=if tone == "subtle" { "" } else { tone }>{format_number(rail.credits)}</strong>
        {note.map(|(tone, note)| view! { <span class=class(tone)>{note}</span> })}
    }
    .into_any()
}

/// The first letters of the first two words.
pub(super) fn monogram(name: &str) -> String {
    let letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    letters.take(2).flat_map(char::to_uppercase).collect()
}
