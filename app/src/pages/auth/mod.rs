//! Outside the frame: signing in, and the first account.

mod set_up;
mod sign_in;

pub use set_up::SetUpPage;
pub use sign_in::SignInPage;

use leptos::prelude::*;

use crate::components::Icon;
use crate::forms::Outcome;
use crate::json;

/// Brand and content in the middle of the page.
fn centered(content: AnyView) -> AnyView {
    view! {
        <main class="gate" id="main" tabindex="-1">
            <h1 class="brand" translate="no">
                <span class="brand__mark">
                    <Icon name="bell" />
                </span>
                "Concierge"
            </h1>
            {content}
        </main>
    }
    .into_any()
}

/// Follows the address in the answer by a full load, so that the next page knows its viewer.
fn follow_redirect() -> Callback<Outcome> {
    Callback::new(|outcome: Outcome| {
        if let Ok(json) = outcome {
            let address = json::read::<String>(&json).unwrap_or_else(|_| "/admin".into());
            let _ = window().location().assign(&address);
        }
    })
}
