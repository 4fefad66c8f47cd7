//! What stands in for a page while it loads: the same height as what will come. The style sheet shows it after 200 ms only.

use leptos::prelude::*;

/// A page head and two cards.
#[component]
pub fn PageSkeleton() -> impl IntoView {
    view! {
        <div class="stack stack--6 loading" aria-busy="true">
            <span class="visually-hidden">"Loading"</span>
            <span class="skeleton skeleton--title"></span>
            <div class="card stack"><Lines /></div>
            <div class="card"><span class="skeleton skeleton--chart"></span></div>
        </div>
    }
    .into_any()
}

/// A page head and rows.
#[component]
pub fn ListSkeleton() -> impl IntoView {
    view! {
        <div class="stack stack--6 loading" aria-busy="true">
            <span class="visually-hidden">"Loading"</span>
            <span class="skeleton skeleton--title"></span>
            <div class="card stack">
                <Lines />
                <Lines />
                <Lines />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Lines() -> impl IntoView {
    view! {
        <span class="skeleton skeleton--line"></span>
        <span class="skeleton skeleton--line"></span>
        <span class="skeleton skeleton--short"></span>
    }
    .into_any()
}
