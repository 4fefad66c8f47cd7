//! The line that shows where the row in hand would land, in colour and in words.

use leptos::prelude::*;

use super::sorting::Sorting;

/// Belongs into the positioned element around the list. People who do not see it hear the same words.
#[component]
pub fn DropLine(sorting: Sorting) -> impl IntoView {
    let label = move || {
        sorting.lifted.with(|lifted| {
            lifted.as_ref().map(|lifted| {
                let count = sorting.items.run(()).len();
                format!("Drop here: {}", sorting.position_text(lifted.to, count))
            })
        })
    };
    view! {
        <div class="drop" id=format!("{}line", sorting.row) aria-hidden="true" hidden=move || sorting.active_key.with(Option::is_none)>
            <span>{label}</span>
        </div>
    }
    .into_any()
}
