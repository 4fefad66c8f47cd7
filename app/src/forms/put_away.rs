//! What Esc put away of one editor: kept in the browser, and offered when the editor is opened until it is taken up or discarded.

use leptos::prelude::*;

use crate::browser::{self, Draft};

/// The drafts of one editor that were put away. Cheap to copy.
#[derive(Clone, Copy)]
pub struct PutAway {
    key: StoredValue<String>,
    /// What another release put away and this one cannot read stays where it is, and is not offered.
    is_readable: fn(&Draft) -> bool,
    offered: RwSignal<Option<Draft>>,
}

impl PutAway {
    /// Of the editor whose draft has this key; nothing is offered before [`Self::load`].
    pub fn new(key: String, is_readable: fn(&Draft) -> bool) -> Self {
        Self {
            key: StoredValue::new(key),
            is_readable,
            offered: RwSignal::new(None),
        }
    }

    /// The one that is offered.
    pub fn offered(&self) -> Option<Draft> {
        self.offered.get()
    }

    /// Looks what there is to offer.
    pub fn load(&self) {
        let draft = self.key.with_value(|key| browser::load_put_away_draft(key));
        self.offered.set(draft.filter(self.is_readable));
    }

    /// Puts `text` away, a change of `version`.
    pub fn add(&self, version: i64, text: &str) {
        self.key.with_value(|key| browser::put_draft_away(key, version, text));
    }

    /// Takes the offered one out; what is typed, version and text, takes its place there.
    pub fn take(&self, typed: Option<(i64, String)>) -> Option<Draft> {
        let draft = self.offered.get_untracked()?;
        self.remove(&draft);
        if let Some((version, text)) = typed {
            self.add(version, &text);
        }
        self.load();
        Some(draft)
    }

    /// Forgets the offered one.
    pub fn discard(&self) {
        if let Some(draft) = self.offered.get_untracked() {
            self.remove(&draft);
        }
        self.load();
    }

    fn remove(&self, draft: &Draft) {
        self.key
            .with_value(|key| browser::remove_put_away_draft(key, &draft.text));
    }
}
