//! The server says that something changed; the page fetches it again.
//!
//! A page that nobody sees does not listen: browsers allow six connections to one server over HTTP/1.1, for all tabs together. It
//! listens and fetches again as soon as somebody looks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource};

/// Events that come together are one.
const GATHER: Duration = Duration::from_millis(500);
/// The first wait after a refused connection, and the longest. It doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Calls `changed` when `/api/events` is open and after each of its messages, at most once in half a second, for as long as the page
/// is there.
pub fn listen_for_changes(changed: impl Fn() + Clone + 'static) {
    let line = Rc::new(Line {
        changed: Box::new(changed),
        source: RefCell::new(None),
        gathering: Cell::new(false),
        wait: Cell::new(FIRST_WAIT),
    });
    line.open();
    let watch = Closure::<dyn FnMut()>::new(move || {
        if document().hidden() {
            line.close();
        } else {
            line.open();
        }
    });
    let handler = watch.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback("visibilitychange", handler);
    // A page that comes back from the browser's memory was closed when it was left.
    let _ = window().add_event_listener_with_callback("pageshow", handler);
    watch.forget();
}

struct Line {
    changed: Box<dyn Fn()>,
    source: RefCell<Option<EventSource>>,
    gathering: Cell<bool>,
    wait: Cell<Duration>,
}

impl Line {
    fn open(self: &Rc<Self>) {
        let is_open = |source: &EventSource| source.ready_state() != EventSource::CLOSED;
        if self.source.borrow().as_ref().is_some_and(is_open) {
            return;
        }
        let Ok(source) = EventSource::new("/api/events") else {
            return;
        };
        let line = Rc::clone(self);
        let heard = Closure::<dyn FnMut(Event)>::new(move |_| line.heard());
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // What changed before somebody listened, or while the connection was lost, was heard by nobody.
        source.set_onopen(Some(heard.as_ref().unchecked_ref()));
        let line = Rc::clone(self);
        let failed = Closure::<dyn FnMut(Event)>::new(move |_| line.failed());
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        heard.forget();
        failed.forget();
        self.source.replace(Some(source));
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }

    fn heard(self: &Rc<Self>) {
        self.wait.set(FIRST_WAIT);
        if self.gathering.replace(true) {
            return;
        }
        let line = Rc::clone(self);
        set_timeout(
            move || {
                line.gathering.set(false);
                (line.changed)();
            },
            GATHER,
        );
    }

    /// The browser connects again by itself after a lost connection, but not after an answer that is no stream: a proxy's, while the
    /// server restarts.
    fn failed(self: &Rc<Self>) {
        let gave_up = |source: &EventSource| source.ready_state() == EventSource::CLOSED;
        if !self.source.borrow().as_ref().is_some_and(gave_up) {
            return;
        }
        let wait = self.wait.get();
        self.wait.set((wait * 2).min(LONGEST_WAIT));
        let line = Rc::clone(self);
        set_timeout(
            move || {
                if !document().hidden() {
                    line.open();
                }
            },
            wait,
        );
    }
}
