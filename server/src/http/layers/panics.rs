//! A panic in a handler is our mistake: a page with an error id, and one line in the log that says where it happened. What the
//! panic said stays unlogged, since it may quote anything.

use std::any::Any;
use std::cell::RefCell;

use app::error::{AppError, new_error_id};
use axum::response::Response;

use crate::http::forms::answer;

thread_local! {
    static LAST_LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Logs the location of every panic in place of its message.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        LAST_LOCATION.with_borrow_mut(|last| *last = Some(place));
    }));
}

/// The answer to the request that met the panic. Its headers are lost, so the answer is JSON, which
/// [`crate::http::forms::error_pages`] turns into a page for browsers.
#[must_use]
pub fn answer(_payload: Box<dyn Any + Send + 'static>) -> Response {
    let error_id = new_error_id();
    let place = LAST_LOCATION.take().unwrap_or_default();
    tracing::error!(error_id, place, "a handler panicked");
    answer::json(&AppError::Internal { error_id })
}
