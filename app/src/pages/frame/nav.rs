//! The places of the admin UI, in one order for rail and bottom bar.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::RailData;
use crate::components::Icon;

struct Entry {
    href: &'static str,
    label: &'static str,
    icon: &'static str,
}

const ENTRIES: [Entry; 6] = [
    Entry {
        href: "/admin",
        label: "Overview",
        icon: "overview",
    },
    Entry {
        href: "/admin/instagram",
        label: "Instagram",
        icon: "at",
    },
    Entry {
        href: "/admin/persona",
        label: "Persona",
        icon: "persona",
    },
    Entry {
        href: "/admin/messages",
        label: "Messages",
        icon: "messages",
    },
    Entry {
        href: "/admin/credits",
        label: "Credits",
        icon: "credits",
    },
    Entry {
        href: "/admin/settings",
        label: "Settings",
        icon: "settings",
    },
];

const HEALTH: Entry = Entry {
    href: "/admin/health",
    label: "Health",
    icon: "health",
};

/// Below a divider: looked at when something is wrong, not every day.
#[component]
pub fn HealthLink(rail: RailData, class: &'static str) -> impl IntoView {
    link(HEALTH, rail, class, false)
}

/// The links; `class` is that of one link.
#[component]
pub fn NavLinks(rail: RailData, class: &'static str, #[prop(optional)] bottom: bool) -> impl IntoView {
    ENTRIES
        .into_iter()
        .map(|entry| link(entry, rail, class, bottom))
        .collect_view()
}

fn link(entry: Entry, rail: RailData, class: &'static str, bottom: bool) -> AnyView {
    let path = use_location().pathname;
    let current = move || path.with(|path| is_current(entry.href, path)).then_some("page");
    let counts = entry.href == "/admin/instagram";
    view! {
        <a class=class href=entry.href aria-current=current>
            <Icon name=entry.icon class="icon--lg" />
            {entry.label}
            {counts.then(|| view! { <Attention rail bottom /> })}
        </a>
    }
    .into_any()
}

/// The rules of an account belong to Instagram.
fn is_current(href: &str, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    match href {
        "/admin" => path == "/admin",
        "/admin/instagram" => path.starts_with("/admin/instagram") || path.starts_with("/admin/rules/"),
        _ => path.starts_with(href),
    }
}

#[component]
fn Attention(rail: RailData, bottom: bool) -> impl IntoView {
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let count = rail.await.map(|rail| rail.need_attention).unwrap_or_default();
                (count > 0).then(|| badge(count, bottom))
            })}
        </Transition>
    }
}

fn badge(count: u32, bottom: bool) -> AnyView {
    if bottom {
        view! {
            <span class="dot"></span>
            <span class="visually-hidden">{format!(", {count} need attention")}</span>
        }
        .into_any()
    } else {
        view! {
            <span class="count count--bad">
                {count}
                <span class="visually-hidden">" need attention"</span>
            </span>
        }
        .into_any()
    }
}
