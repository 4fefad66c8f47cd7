//! Light, dark, or the same as the system: a form that sets a cookie, and at once with WebAssembly.

use leptos::prelude::*;

use crate::components::Icon;
use crate::endpoints;
use crate::forms::{FormState, PostForm};
use crate::json::shared_value;

const CHOICES: [(&str, &str, &str); 3] = [
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
    ("system", "Same as system", "system"),
];

/// The three buttons.
#[component]
pub fn ThemeSwitch(id: &'static str) -> impl IntoView {
    let chosen = RwSignal::new(shared_value(saved_theme));
    let state = FormState::new(id, endpoints::CHOOSE_THEME);
    let button = move |(value, label, icon): (&'static str, &'static str, &'static str)| {
        let choose = move |_| {
            chosen.set(value.to_owned());
            show(value);
        };
        view! {
            <button
                type="submit"
                name="theme"
                value=value
                aria-pressed=move || chosen.with(|chosen| chosen == value).to_string()
                aria-label=label
                on:click=choose
            >
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <PostForm state label="Theme" class="theme">
            {CHOICES.map(button).collect_view()}
        </PostForm>
    }
    .into_any()
}

fn show(theme: &str) {
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = if theme == "system" {
        root.remove_attribute("data-theme")
    } else {
        root.set_attribute("data-theme", theme)
    };
}

#[cfg(feature = "ssr")]
fn saved_theme() -> String {
    crate::context::theme().unwrap_or("system").to_owned()
}

#[cfg(not(feature = "ssr"))]
fn saved_theme() -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-theme"))
        .unwrap_or_else(|| "system".into())
}
