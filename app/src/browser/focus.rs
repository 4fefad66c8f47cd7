//! Moves the focus after a change of the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

/// About five seconds; then the reader has gone on elsewhere.
const LONGEST_WAIT_IN_FRAMES: u32 = 300;

/// The first element that a CSS selector finds.
#[must_use]
pub fn element(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}

/// Focuses what `selector` finds, once the page shows the change that is being made.
pub fn focus(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        if let Some(target) = element(&selector).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = target.focus();
        }
    });
}

/// Focuses what `selector` finds if the focus was lost: elements that change their place lose it.
pub fn focus_if_lost(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let is_lost = document()
            .active_element()
            .is_none_or(|active| active.tag_name() == "BODY");
        if is_lost {
            focus(selector);
        }
    });
}

/// Focuses what `selector` finds as soon as an answer of the server has added it.
pub fn focus_when_present(selector: impl Into<String>) {
    focus_within(selector.into(), LONGEST_WAIT_IN_FRAMES);
}

fn focus_within(selector: String, frames: u32) {
    request_animation_frame(
        move || match element(&selector).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            Some(target) => {
                let _ = target.focus();
            }
            None if frames > 0 => focus_within(selector, frames - 1),
            None => {}
        },
    );
}

/// Focuses a text field with the caret behind its last letter.
pub fn focus_end(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let Some(target) = element(&selector) else { return };
        if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
            let _ = area.focus();
            let end = area.text_length();
            let _ = area.set_selection_range(end, end);
        } else if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
            let _ = input.focus();
        }
    });
}

/// Which part of the form `id` has the focus: what its element's id adds to that of the form.
#[must_use]
pub fn focused_part(id: &str) -> Option<String> {
    let focused = document().active_element()?.id();
    focused.strip_prefix(id).map(str::to_owned)
}

/// Focuses the first field of the form `id` that has an error; where none has, brings into view what is said about the form as a whole.
pub fn show_first_problem(id: &str) {
    let form = format!("[id='{id}']");
    request_animation_frame(move || {
        let field = element(&format!("{form} [aria-invalid='true']"));
        if let Some(field) = field.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        } else if let Some(banner) = element(&format!("{form} [role='alert']")) {
            scroll_into_view_if_needed(&banner);
        }
    });
}

/// Brings what `selector` finds into view.
pub fn scroll_to(selector: &str) {
    if let Some(target) = element(selector) {
        target.scroll_into_view();
    }
}

/// Brings an element into view by the shortest way; nothing moves when it is in view.
pub fn scroll_into_view_if_needed(target: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    target.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Submits the form `id` as if its button had been pressed.
pub fn submit(id: &str) {
    if let Some(form) = element(&format!("[id='{id}']")).and_then(|found| found.dyn_into::<HtmlFormElement>().ok()) {
        let _ = form.request_submit();
    }
}

/// Empties the form that `selector` finds.
pub fn clear_inputs(selector: &str) {
    if let Some(form) = element(selector).and_then(|found| found.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// Selects what a field holds, to be copied.
pub fn select_text(event: &web_sys::FocusEvent) {
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(field) = field {
        field.select();
    }
}

/// Whether the focus leaves a field for a button of its form. An error that appears at the field in that moment would move the
/// button away from under the pointer.
#[must_use]
pub fn moves_to_form_buttons(event: &web_sys::FocusEvent) -> bool {
    let target = event
        .related_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(".form-foot").ok().flatten().is_some())
}
