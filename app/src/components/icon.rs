//! Icons: references into the sprite that the shell puts at the end of the body.

use leptos::prelude::*;

/// The sprite's symbol `i-{name}`, in the colour of the text around it. Never the only bearer of a meaning.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! {
        <svg class=if class.is_empty() { "icon".to_owned() } else { format!("icon {class}") } aria-hidden="true" focusable="false">
            <use_ href=format!("#i-{name}") />
        </svg>
    }
    .into_any()
}
