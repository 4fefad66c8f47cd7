//! Days by word, as links that lead to the same page of these days.

use domain::views::NamedDays;
use leptos::prelude::*;

/// All days, then the named ones; `address` is of the page from one day to another, both empty for all days.
#[component]
pub fn DayLinks(
    days: Vec<NamedDays>,
    from: String,
    to: String,
    address: Callback<(String, String), String>,
) -> impl IntoView {
    let all = NamedDays {
        label: "All days".into(),
        from: String::new(),
        to: String::new(),
    };
    let links = std::iter::once(all).chain(days).map(|days| {
        let is_current = (days.from == from) && (days.to == to);
        view! {
            <a href=address.run((days.from, days.to)) aria-current=is_current.then_some("true")>
                {days.label}
            </a>
        }
    });
    view! {
        <nav class="segmented segmented--days" aria-label="Days">
            {links.collect_view()}
        </nav>
    }
    .into_any()
}
