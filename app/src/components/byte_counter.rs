//! How much of Instagram's limit a text uses: words first, a bar second.

use domain::limits::MAX_CANNED_BYTES;
use leptos::prelude::*;

use super::format_number;

/// Why bytes are counted, and what they are.
pub const BYTES: &str = "Instagram counts bytes: a plain letter is one, an accent or a letter of another script two or three, an emoji four or more.";

/// Counts the bytes of `text`.
#[component]
pub fn ByteCounter(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let bytes = move || text.with(String::len);
    let class = move || match bytes() {
        count if count > MAX_CANNED_BYTES => "counter counter--over",
        count if count * 10 >= MAX_CANNED_BYTES * 9 => "counter counter--near",
        _ => "counter",
    };
    let usage = move || format!("{} of {} bytes", number(bytes()), number(MAX_CANNED_BYTES));
    view! {
        <span class=class>
            <progress max=MAX_CANNED_BYTES.to_string() value=move || bytes().min(MAX_CANNED_BYTES).to_string() aria-hidden="true"></progress>
            {usage}
        </span>
    }
    .into_any()
}

fn number(count: usize) -> String {
    format_number(i64::try_from(count).unwrap_or(i64::MAX))
}
