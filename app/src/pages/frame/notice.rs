//! What a plain form post achieved, on the page it came back to.

use domain::views::Tone;
use leptos::prelude::*;

use crate::components::Banner;
use crate::flash;

/// The notice of this render, shown once.
#[derive(Clone, Copy)]
pub struct SavedNotice(pub StoredValue<Option<flash::Notice>>);

/// Shows it.
#[component]
pub fn Notice() -> impl IntoView {
    let notice = use_context::<SavedNotice>().and_then(|saved| saved.0.get_value());
    notice.map(|notice| {
        view! {
            <div class="notice" role="status">
                <Banner tone=Tone::Ok text=notice.message />
            </div>
        }
    })
}
