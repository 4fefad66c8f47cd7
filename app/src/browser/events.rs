//! Server-sent events: the page fetches its data again when something changed.
//!
//! A hidden page is not connected, because browsers allow six connections to one server over HTTP/1.1 for all tabs together. It
//! connects and fetches again when it is shown.

use crate::endpoints;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource};

/// Events that come together are one.
const DEBOUNCE: Duration = Duration::from_millis(500);
/// The first wait after a refused connection, and the longest. It doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A server that starts anew is back by then.
const PATIENCE: Duration = Duration::from_secs(8);

/// Calls `changed` when `/api/events` is open and after each of its messages, at most once in half a second, for as long as the page
/// is there; and `is_lost` with whether the connection is lost.
pub fn listen_for_changes(changed: impl Fn() + 'static, is_lost: impl Fn(bool) + 'static) {
    let connection = Rc::new(EventConnection {
        changed: Box::new(changed),
        is_lost: Box::new(is_lost),
        source: RefCell::new(None),
        is_debouncing: Cell::new(false),
        wait: Cell::new(FIRST_WAIT),
    });
    connection.open();
    let watch = Closure::<dyn FnMut()>::new(move || {
        if document().hidden() {
            connection.close();
        } else {
            connection.open();
        }
    });
    let handler = watch.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback("visibilitychange", handler);
    // A page restored from the back/forward cache has lost its connection.
    let _ = window().add_event_listener_with_callback("pageshow", handler);
    watch.forget();
}

struct EventConnection {
    changed: Box<dyn Fn()>,
    is_lost: Box<dyn Fn(bool)>,
    source: RefCell<Option<EventSource>>,
    is_debouncing: Cell<bool>,
    wait: Cell<Duration>,
}

impl EventConnection {
    fn open(self: &Rc<Self>) {
        let is_open = |source: &EventSource| source.ready_state() != EventSource::CLOSED;
        if self.source.borrow().as_ref().is_some_and(is_open) {
            return;
        }
        let Ok(source) = EventSource::new(endpoints::EVENTS) else {
            return;
        };
        let connection = Rc::clone(self);
        let on_event = Closure::<dyn FnMut(Event)>::new(move |_| connection.on_event());
        source.set_onmessage(Some(on_event.as_ref().unchecked_ref()));
        // Events before the connection was open, or while it was lost, did not arrive.
        source.set_onopen(Some(on_event.as_ref().unchecked_ref()));
        let connection = Rc::clone(self);
        let on_error = Closure::<dyn FnMut(Event)>::new(move |_| connection.on_error());
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_event.forget();
        on_error.forget();
        self.source.replace(Some(source));
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }

    fn on_event(self: &Rc<Self>) {
        self.wait.set(FIRST_WAIT);
        (self.is_lost)(false);
        if self.is_debouncing.replace(true) {
            return;
        }
        let connection = Rc::clone(self);
        set_timeout(
            move || {
                connection.is_debouncing.set(false);
                (connection.changed)();
            },
            DEBOUNCE,
        );
    }

    fn is_open(&self) -> bool {
        let source = self.source.borrow();
        source
            .as_ref()
            .is_some_and(|source| source.ready_state() == EventSource::OPEN)
    }

    /// The browser connects again by itself after a lost connection, but not after an answer that is no stream: a proxy's, while the
    /// server restarts.
    fn on_error(self: &Rc<Self>) {
        let connection = Rc::clone(self);
        set_timeout(
            move || {
                if !document().hidden() && !connection.is_open() {
                    (connection.is_lost)(true);
                }
            },
            PATIENCE,
        );
        let is_closed = |source: &EventSource| source.ready_state() == EventSource::CLOSED;
        if !self.source.borrow().as_ref().is_some_and(is_closed) {
            return;
        }
        let wait = self.wait.get();
        self.wait.set((wait * 2).min(LONGEST_WAIT));
        let connection = Rc::clone(self);
        set_timeout(
            move || {
                if !document().hidden() {
                    connection.open();
                }
            },
            wait,
        );
    }
}
