//! An act just done, for 10 seconds; longer while it is pointed at or focused. What can be undone comes with the button for it,
//! which works on whichever page the reader is by then.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::Icon;

/// Owned by the toast, not by the page that offers it.
type Undo = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    kind: Kind,
    text: String,
    undo: Option<Undo>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Done,
    /// Its *Undo* takes back the last change, and goes with the next one.
    Change,
    Failure,
}

/// Shows one toast at a time.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
    held: RwSignal<bool>,
    number: StoredValue<u32>,
}

const SHOWN_FOR: Duration = Duration::from_secs(10);

impl Toasts {
    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let toasts = Self {
            shown: RwSignal::new(None),
            held: RwSignal::new(false),
            number: StoredValue::new(0),
        };
        provide_context(toasts);
        toasts
    }

    /// The page's toasts.
    #[must_use]
    pub fn expect() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Shows `text` with an Undo button.
    pub fn undoable(&self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(Kind::Done, text.into(), Some(Arc::new(undo)));
    }

    /// The same about a change that was saved, until the next change: see [`Self::forget_change`].
    pub fn undoable_change(&self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(Kind::Change, text.into(), Some(Arc::new(undo)));
    }

    /// Something else is changed: *Undo* would take back what was done before it.
    pub fn forget_change(&self) {
        let is_change = |shown: &Option<Toast>| shown.as_ref().is_some_and(|toast| toast.kind == Kind::Change);
        if self.shown.with_untracked(is_change) {
            self.held.set(false);
            self.close();
        }
    }

    /// Shows that something was done.
    pub fn done(&self, text: impl Into<String>) {
        self.show(Kind::Done, text.into(), None);
    }

    /// Shows that something went wrong.
    pub fn failed(&self, text: impl Into<String>) {
        self.show(Kind::Failure, text.into(), None);
    }

    fn show(&self, kind: Kind, text: String, undo: Option<Undo>) {
        self.shown.set(Some(Toast { kind, text, undo }));
        self.number.update_value(|number| *number += 1);
        self.fade(self.number.get_value());
    }

    /// Takes it away.
    pub fn close(&self) {
        self.shown.set(None);
    }

    fn fade(self, number: u32) {
        set_timeout(
            move || match self.held.try_get_untracked() {
                Some(true) => self.fade(number),
                Some(false) if self.number.get_value() == number => self.close(),
                _ => {}
            },
            SHOWN_FOR,
        );
    }
}

/// Where toasts appear.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    view! {
        <div
            class="toasts"
            on:pointerenter=move |_| toasts.held.set(true)
            on:pointerleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            {move || toasts.shown.get().map(|toast| toast_view(toasts, toast))}
        </div>
    }
    .into_any()
}

fn toast_view(toasts: Toasts, toast: Toast) -> AnyView {
    let close = move || {
        toasts.held.set(false);
        toasts.close();
    };
    let undo_button = toast.undo.map(|undo| {
        let undo = move |_| {
            close();
            undo();
        };
        view! {
            <button class="btn btn--sm" type="button" id="undo" on:click=undo>
                <Icon name="undo" />
                "Undo"
            </button>
        }
    });
    let (class, icon) = if toast.kind == Kind::Failure {
        ("toast toast--bad", "bad")
    } else {
        ("toast", "ok")
    };
    view! {
        <div class=class>
            <Icon name=icon />
            <p class="toast__text" dir="auto">{toast.text}</p>
            {undo_button}
            <button class="icon-btn" type="button" aria-label="Close" on:click=move |_| close()>
                <Icon name="x" />
            </button>
        </div>
    }
    .into_any()
}
