//! The handle of a row: a button to drag, and to press Space on.

use leptos::prelude::*;

use super::sorting::Sorting;
use crate::components::Icon;

/// The id of a handle, to give it the focus back.
#[must_use]
pub fn handle_id(key: &str) -> String {
    format!("handle-{key}")
}

/// A handle; the text `describedby` tells how it is used.
#[component]
pub fn SortHandle(
    sorting: Sorting,
    #[prop(into)] key: String,
    #[prop(into)] name: Signal<String>,
    /// 1 is first.
    #[prop(into)]
    position: Signal<u32>,
    #[prop(into)] count: Signal<u32>,
    describedby: &'static str,
) -> impl IntoView {
    let id = handle_id(&key);
    let key = StoredValue::new(key);
    view! {
        <button
            class="icon-btn handle"
            id=id
            type="button"
            aria-label=move || format!("Reorder “{}”, position {} of {}", name.get(), position.get(), count.get())
            aria-describedby=describedby
            aria-disabled=move || sorting.locked.with(Option::is_some).then_some("true")
            on:pointerdown=move |event| key.with_value(|key| sorting.on_pointer_down(key, &event))
            on:pointermove=move |event| sorting.drag_to(f64::from(event.client_y()))
            on:pointerup=move |_| sorting.on_pointer_up()
            on:pointercancel=move |_| sorting.cancel_drag()
            on:keydown=move |event| key.with_value(|key| sorting.on_key(key, &event))
            on:blur=move |_| sorting.on_blur()
        >
            <Icon name="grip" />
        </button>
    }
    .into_any()
}
