//! Who is signed in, and the sign-out; on phones also what the rail holds on wide screens. A `<details>`, so that it opens without
//! WebAssembly.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::theme::ThemeSwitch;
use crate::browser;
use crate::components::{ChatLink, Icon};
use crate::endpoints;

/// The person's menu.
#[component]
pub fn AccountMenu(
    /// Of the person.
    email: String,
    /// What the tenant is called now.
    name: RwSignal<String>,
    /// Tells the two menus of a page apart.
    id: &'static str,
    #[prop(optional)] with_theme: bool,
) -> impl IntoView {
    let label = if with_theme {
        "Theme, your account, sign out"
    } else {
        "Your account and sign out"
    };
    let summary_id = format!("account-menu-{id}");
    let selector = format!("#{summary_id}");
    let close_on_escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            close(&event);
            browser::focus(selector.clone());
        }
    };
    view! {
        <details class="account-menu" on:keydown=close_on_escape>
            <summary class="icon-btn" id=summary_id aria-label=format!("{}: {}", email, label)>
                <Icon name="person" class="icon--lg" />
            </summary>
            <div class="account-menu__body">
                <p class="small"><strong dir="auto" translate="no">{email.clone()}</strong><br /><span class="muted" dir="auto" translate="no">{move || name.get()}</span></p>
                {with_theme
                    .then(|| {
                        view! {
                            <ChatLink class="btn btn--block" />
                            <ThemeSwitch id="theme-top" />
                        }
                    })}
                <form method="post" action=endpoints::SIGN_OUT>
                    <button class="btn btn--block" type="submit">
                        <Icon name="signout" />
                        "Sign out"
                    </button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn close(event: &web_sys::KeyboardEvent) {
    let menu = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(menu) = menu {
        let _ = menu.remove_attribute("open");
    }
}
