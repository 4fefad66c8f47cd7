//! A panic in a handler is our mistake: a page with an error id, and one line in the log that says where it happened. What the
//! panic said stays unlogged, since it may quote anything.

use std::any::Any;
use std::cell::RefCell;

use app::error::{AppError, new_error_id};
use axum::response::Response;

use super::answer;

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes the place of every panic instead of printing its message.
pub fn note_places() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        PLACE.with_borrow_mut(|last| *last = Some(place));
    }));
}

/// The answer to the request that met the panic. Its headers are gone with it, so everybody gets JSON but browsers' pages, which
/// [`super::failures`] draws.
#[must_use]
pub fn answer(_payload: Box<dyn Any + Send + 'static>) -> Response {
    let error_id = new_error_id();
    let place = PLACE.take().unwrap_or_default();
    tracing::error!(error_id, place, "a handler panicked");
    answer::json(&AppError::Internal { error_id })
}
