//! The notice of a plain form post, on the page after its redirect.

use domain::views::Tone;
use leptos::prelude::*;

use crate::components::Banner;
use crate::forms::RestoredForm;

/// Shows it until the reader goes to another page.
#[component]
pub fn Notice() -> impl IntoView {
    let restored = RestoredForm::expect();
    restored.ends_on_leaving();
    move || {
        restored.notice().map(|notice| {
            view! {
                <div class="notice" role="status">
                    <Banner tone=Tone::Ok text=notice.message />
                </div>
            }
        })
    }
}
