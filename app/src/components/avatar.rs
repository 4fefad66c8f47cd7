//! Who an account is: a monogram in place of a picture (Meta's picture addresses expire), and its @name.

use leptos::prelude::*;

/// Two letters in a circle.
#[component]
pub fn Avatar(#[prop(into)] letters: String, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! { <span class=format!("avatar {class}") aria-hidden="true">{letters}</span> }.into_any()
}

/// An account's name, which may break behind dots and underscores.
#[component]
pub fn Handle(#[prop(into)] name: String) -> impl IntoView {
    let parts: Vec<String> = name.split_inclusive(['.', '_']).map(str::to_owned).collect();
    let last = parts.len().saturating_sub(1);
    view! {
        <bdi translate="no">
            {parts
                .into_iter()
                .enumerate()
                .map(|(index, part)| view! { {part}{(index < last).then(|| view! { <wbr /> })} })
                .collect_view()}
        </bdi>
    }
    .into_any()
}
