//! Going to a page, an account or a rule by its name (Ctrl or Cmd and K), and the list of keys (?). What they show is a part of the
//! WebAssembly of its own, fetched when a key asks for it.

mod dialog;
mod keys;
mod search;

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser;
use crate::components::{Icon, Toasts};

/// What is open above the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlay {
    GoTo,
    Keys,
}

/// Draws an overlay. A pointer, so that nothing else refers to its code.
type Draw = fn(Overlays, Overlay) -> AnyView;

#[wasm_split(palette, wasm_split_path = ::leptos::wasm_split, fallible)]
fn load_palette() -> Result<Draw, SplitLoaderError> {
    Ok(|overlays, overlay| match overlay {
        Overlay::GoTo => dialog::go_to(overlays),
        Overlay::Keys => keys::keys(overlays),
    })
}

/// At most one overlay. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Overlays {
    shown: RwSignal<Option<(Overlay, Draw)>>,
    /// What had the focus before.
    opener: StoredValue<Option<SendWrapper<HtmlElement>>>,
    toasts: Toasts,
}

impl Overlays {
    /// Listens to the keys of the whole page.
    pub(super) fn new() -> Self {
        let overlays = Self {
            shown: RwSignal::new(None),
            opener: StoredValue::new(None),
            toasts: Toasts::expect(),
        };
        #[cfg(feature = "hydrate")]
        {
            let listener = window_event_listener(ev::keydown, move |event| {
                if let Some(overlay) = asked_for(&event) {
                    event.prevent_default();
                    overlays.open(overlay);
                }
            });
            on_cleanup(move || listener.remove());
        }
        overlays
    }

    pub(super) fn open(self, overlay: Overlay) {
        if self.shown.with_untracked(Option::is_some) {
            return;
        }
        let focused = document().active_element().and_then(|focused| focused.dyn_into().ok());
        self.opener.set_value(focused.map(SendWrapper::new));
        leptos::task::spawn_local(async move {
            match load_palette().await {
                Ok(draw) => drop(self.shown.try_set(Some((overlay, draw)))),
                Err(_) => self
                    .toasts
                    .failed("This could not be fetched. Check your connection, then try again."),
            }
        });
    }

    /// For another page, which takes the focus.
    pub(super) fn leave(self) {
        self.shown.set(None);
    }

    /// Nothing outside of a modal dialog takes the focus before it is gone.
    pub(super) fn close(self) {
        self.leave();
        if let Some(opener) = self.opener.get_value() {
            request_animation_frame(move || drop(opener.focus()));
        }
    }
}

/// A letter alone is typed, where the focus is in a field.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser has keys"))]
fn asked_for(event: &ev::KeyboardEvent) -> Option<Overlay> {
    if event.default_prevented() || event.alt_key() || browser::is_composing(event) {
        return None;
    }
    let command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "k" | "K" if command && !event.shift_key() => Some(Overlay::GoTo),
        "?" if !command && !is_typing(event) => Some(Overlay::Keys),
        _ => None,
    }
}

fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        let field = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";
        target.closest(field).ok().flatten().is_some()
    })
}

/// Where the open overlay is drawn.
#[component]
pub(super) fn OverlayView(overlays: Overlays) -> impl IntoView {
    move || overlays.shown.get().map(|(overlay, draw)| draw(overlays, overlay))
}

/// Opens the search by names for whoever has no such keys at hand.
#[component]
pub(super) fn GoToButton(overlays: Overlays) -> impl IntoView {
    view! {
        <button class="nav__item nav__search when-hydrated" type="button" aria-haspopup="dialog" on:click=move |_| overlays.open(Overlay::GoTo)>
            <Icon name="search" class="icon--lg" />
            "Go to …"
            <span class="kbd-hint" aria-hidden="true"><kbd translate="no">"Ctrl K"</kbd></span>
        </button>
    }
    .into_any()
}
