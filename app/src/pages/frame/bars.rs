//! The bars of phones: brand, credits and menu at the top, places at the bottom.

use domain::views::Viewer;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::RailData;
use super::account_menu::AccountMenu;
use super::nav::NavLinks;
use crate::components::{Icon, format_number};

/// The top bar.
#[component]
pub fn TopBar(
    viewer: Viewer,
    /// What the tenant is called now.
    name: RwSignal<String>,
    rail: RailData,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <a class="brand" translate="no" href="/admin">
                <span class="brand__mark">
                    <Icon name="bell" />
                </span>
                <span dir="auto">{move || name.get()}</span>
            </a>
            <div class="topbar__end">
                <a href="/admin/credits">
                    <Icon name="credits" />
                    <Balance rail />
                    <span class="visually-hidden">" reply credits"</span>
                </a>
                <HealthIcon />
                <AccountMenu email=viewer.email name id="top" with_theme=true />
            </div>
        </header>
    }
    .into_any()
}

/// The seventh place: no room at the bottom.
#[component]
fn HealthIcon() -> impl IntoView {
    let path = use_location().pathname;
    let current = move || path.with(|path| path.starts_with("/admin/health")).then_some("page");
    view! {
        <a href="/admin/health" aria-current=current>
            <Icon name="health" />
            <span class="visually-hidden">"Health"</span>
        </a>
    }
    .into_any()
}

#[component]
fn Balance(rail: RailData) -> impl IntoView {
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let credits = rail.await.map(|rail| rail.credits).ok()?;
                let class = if credits <= 0 { "t-bad strong" } else { "" };
                Some(view! { <span class=class>{format_number(credits)}</span> })
            })}
        </Transition>
    }
}

/// The bottom bar.
#[component]
pub fn BottomBar(rail: RailData) -> impl IntoView {
    view! {
        <nav class="bottombar" aria-label="Main, bottom">
            <NavLinks rail class="bottombar__item" bottom=true />
        </nav>
    }
    .into_any()
}
