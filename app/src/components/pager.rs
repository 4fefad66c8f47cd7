//! What long tables share: a heading for each day, and the way to newer and older rows.

use leptos::prelude::*;

/// The rows with a heading where a day begins.
pub fn by_day<T: Clone>(
    rows: &[T],
    columns: &'static str,
    day: fn(&T) -> &str,
    line: fn(T) -> AnyView,
) -> Vec<AnyView> {
    let mut last = "";
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        if day(row) != last {
            last = day(row);
            let heading = last.to_owned();
            views.push(
                view! { <tr class="day"><th colspan=columns scope="rowgroup" class="c-full">{heading}</th></tr> }
                    .into_any(),
            );
        }
        views.push(line(row.clone()));
    }
    views
}

/// Links to the neighbours that there are.
#[component]
pub fn Pager(label: &'static str, newer: Option<String>, older: Option<String>) -> impl IntoView {
    let link = |href: String, word: &'static str| view! { <a class="btn btn--sm" href=href>{word}</a> };
    view! {
        <nav class="cluster cluster--tight" aria-label=label>
            {newer.map(|href| link(href, "Newer"))}
            {older.map(|href| link(href, "Older"))}
        </nav>
    }
    .into_any()
}
