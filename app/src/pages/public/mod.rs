//! What anybody may read: how data is treated, and what became of a request to delete it.

mod deletion;
mod privacy;

pub use deletion::DeletionPage;
pub use privacy::PrivacyPage;

use leptos::prelude::*;

use crate::components::Icon;

/// Brand, and a text to read.
fn public_page(content: AnyView) -> AnyView {
    view! {
        <main class="gate gate--text" id="main" tabindex="-1">
            <p class="brand" translate="no">
                <span class="brand__mark">
                    <Icon name="bell" />
                </span>
                "Concierge"
            </p>
            {content}
        </main>
    }
    .into_any()
}
