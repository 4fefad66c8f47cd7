//! What a form says when its answer is long in coming.

use leptos::prelude::*;

use super::FormState;
use crate::components::Icon;

/// For forms whose text a draft keeps.
pub const SLOW_AND_KEPT: &str = "This takes long. Your text is kept on this device.";
/// For all others.
pub const SLOW: &str = "This takes long. It is still being tried.";

/// The note of an editor; spoken by the form itself.
#[component]
pub fn SlowNote(form: FormState) -> impl IntoView {
    let slow = form.slow();
    view! {
        <p class="note slow-note" hidden=move || !slow.get()>
            <Icon name="clock" />
            {SLOW_AND_KEPT}
        </p>
    }
    .into_any()
}
