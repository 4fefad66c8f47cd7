//! The server says that something changed; the page fetches it again.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls `changed` when `/api/events` is open and after each of its messages, at most once in half a second. The browser reconnects
/// by itself.
pub fn listen_for_changes(changed: impl Fn() + Clone + 'static) {
    let Ok(source) = web_sys::EventSource::new("/api/events") else {
        return;
    };
    let waiting = StoredValue::new(false);
    let heard = Closure::<dyn FnMut(web_sys::Event)>::new(move |_: web_sys::Event| {
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        let changed = changed.clone();
        set_timeout(
            move || {
                waiting.set_value(false);
                changed();
            },
            std::time::Duration::from_millis(500),
        );
    });
    source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // What changed before somebody listened, or while the connection was lost, was heard by nobody.
    source.set_onopen(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    let closing = source.clone();
    let leave = Closure::<dyn FnMut()>::new(move || closing.close());
    let _ = window().add_event_listener_with_callback("pagehide", leave.as_ref().unchecked_ref());
    leave.forget();
}
