//! What a plain form post achieved, on the page it came back to.

use domain::views::Tone;
use leptos::prelude::*;

use crate::components::Banner;
use crate::forms::CameBack;

/// Shows it until the reader goes to another page.
#[component]
pub fn Notice() -> impl IntoView {
    let came_back = CameBack::expect();
    came_back.ends_on_leaving();
    move || {
        came_back.notice().map(|notice| {
            view! {
                <div class="notice" role="status">
                    <Banner tone=Tone::Ok text=notice.message />
                </div>
            }
        })
    }
}
