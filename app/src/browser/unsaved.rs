//! Asks for confirmation before a closed page or a followed link leaves unsaved text behind as a draft.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Which editors hold text that is not saved, and which forms without a draft.
#[derive(Clone, Copy)]
pub struct Unsaved {
    kept: StoredValue<Vec<String>>,
    without_draft: StoredValue<Vec<String>>,
    /// How each editor stores its draft: another tab of the browser may have taken its place, or removed it.
    keepers: StoredValue<Vec<(String, Callback<()>)>>,
}

impl Unsaved {
    /// Nothing is open yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            kept: StoredValue::new(Vec::new()),
            without_draft: StoredValue::new(Vec::new()),
            keepers: StoredValue::new(Vec::new()),
        }
    }

    /// Records whether `editor` holds unsaved text, which a draft keeps.
    pub fn set(&self, editor: &str, dirty: bool) {
        record(self.kept, editor, dirty);
    }

    /// Stores by `keep` what `editor` holds unsaved when the page is left; until [`Self::leave`].
    pub fn keep_by(&self, editor: &str, keep: Callback<()>) {
        let _ = self.keepers.try_update_value(|keepers| {
            keepers.retain(|(name, _)| name != editor);
            keepers.push((editor.to_owned(), keep));
        });
    }

    /// The page with `editor` is left: what is unsaved stays in its draft.
    pub fn leave(&self, editor: &str) {
        self.keep(|name| name == editor);
        let _ = self
            .keepers
            .try_update_value(|keepers| keepers.retain(|(name, _)| name != editor));
        self.set(editor, false);
    }

    fn keep(&self, which: impl Fn(&str) -> bool) {
        let unsaved = self.kept.try_with_value(Clone::clone).unwrap_or_default();
        let is_meant = |(name, _): &&(String, Callback<()>)| which(name) && unsaved.contains(name);
        let meant = self
            .keepers
            .try_with_value(|keepers| keepers.iter().filter(is_meant).cloned().collect::<Vec<_>>());
        meant.unwrap_or_default().into_iter().for_each(|(_, keep)| keep.run(()));
    }

    /// Records whether `form` holds what is not saved, and lost with the page.
    pub fn set_without_draft(&self, form: &str, dirty: bool) {
        record(self.without_draft, form, dirty);
    }

    /// Nothing is asked any more: the page is left for a reason.
    pub fn forget(&self) {
        self.kept.set_value(Vec::new());
        self.without_draft.set_value(Vec::new());
    }

    /// Something that was typed is not saved; a draft in this browser keeps it.
    #[must_use]
    pub fn any(&self) -> bool {
        holds_any(self.kept)
    }

    /// What is asked before the page is left; nothing while all is saved.
    fn question(&self) -> Option<&'static str> {
        match (holds_any(self.without_draft), self.any()) {
            (true, _) => Some(LOST),
            (false, true) => Some(KEPT),
            (false, false) => None,
        }
    }
}

/// An editor may outlive the page's own state while everything is taken down.
fn record(list: StoredValue<Vec<String>>, editor: &str, dirty: bool) {
    let _ = list.try_update_value(|open| {
        open.retain(|name| name != editor);
        if dirty {
            open.push(editor.to_owned());
        }
    });
}

fn holds_any(list: StoredValue<Vec<String>>) -> bool {
    list.try_with_value(|open| !open.is_empty()).unwrap_or(false)
}

impl Default for Unsaved {
    fn default() -> Self {
        Self::new()
    }
}

const LOST: &str = "What you wrote is not saved yet, and is lost with this page. Leave it?";
const KEPT: &str = "What you wrote is not saved yet. It is kept as a draft in this browser. Leave this page?";

/// Asks before the page is closed or a link is followed while something is unsaved. Called once, after hydration.
pub fn guard_navigation(unsaved: Unsaved) {
    let closing = Closure::<dyn FnMut(web_sys::BeforeUnloadEvent)>::new(move |event: web_sys::BeforeUnloadEvent| {
        if let Some(question) = unsaved.question() {
            unsaved.keep(|_| true);
            event.prevent_default();
            event.set_return_value(question);
        }
    });
    let _ = window().add_event_listener_with_callback("beforeunload", closing.as_ref().unchecked_ref());
    closing.forget();

    // In the capture phase, before the router sees the click.
    let following = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
        if let Some(question) = unsaved.question().filter(|_| leads_away(&event)) {
            unsaved.keep(|_| true);
            if window().confirm_with_message(question).unwrap_or(true) {
                unsaved.forget();
            } else {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    });
    let _ = document().add_event_listener_with_callback_and_bool("click", following.as_ref().unchecked_ref(), true);
    following.forget();
}

fn leads_away(event: &web_sys::MouseEvent) -> bool {
    let link = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("a[href]").ok().flatten());
    link.is_some_and(|link| {
        // A link that begins with its query or fragment stays on the page: it opens or closes an editor.
        let address = link.get_attribute("href").unwrap_or_default();
        !address.starts_with(['#', '?']) && !link.has_attribute("download") && !event.ctrl_key() && !event.meta_key()
    })
}
