//! The state of a list that is being put into order: which row is lifted, and where it would land.

use leptos::prelude::*;

use super::drag::Drag;
use crate::components::Announcer;

/// A row, as the list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortItem {
    /// Unique in the list; the row's element has the id `{row}{key}`.
    pub key: String,
    /// What it is called aloud.
    pub name: String,
}

/// What a list tells about itself.
pub struct SortingSetup {
    /// What a row is: `rule`.
    pub noun: &'static str,
    /// How the ids of the rows' elements begin: `rule-`.
    pub row: &'static str,
    /// The rows in their present order.
    pub items: Callback<(), Vec<SortItem>>,
    /// A row was dropped: its key and its new place, 1 is first.
    pub place: Callback<(String, u32)>,
    /// One step without lifting: its key, and whether it goes up.
    pub step: Callback<(String, bool)>,
    /// Why the order cannot be changed now; `None` when it can.
    pub locked: Signal<Option<String>>,
}

/// How a row is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DragInput {
    Pointer,
    Keyboard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lifted {
    pub(super) key: String,
    pub(super) input: DragInput,
    /// Where it lies, 0 is first.
    pub(super) from: usize,
    /// Where it would land.
    pub(super) to: usize,
}

/// The order of one list. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Sorting {
    pub(super) noun: &'static str,
    pub(super) row: &'static str,
    pub(super) items: Callback<(), Vec<SortItem>>,
    pub(super) place: Callback<(String, u32)>,
    pub(super) step: Callback<(String, bool)>,
    pub(super) locked: Signal<Option<String>>,
    /// The key of the lifted row: changes twice per move, so that each row may track it.
    pub(super) active_key: RwSignal<Option<String>>,
    pub(super) lifted: RwSignal<Option<Lifted>>,
    pub(super) drag: StoredValue<Option<Drag>>,
    pub(super) announcer: Announcer,
}

impl Sorting {
    /// The order of a list.
    #[must_use]
    pub fn new(setup: SortingSetup) -> Self {
        Self {
            noun: setup.noun,
            row: setup.row,
            items: setup.items,
            place: setup.place,
            step: setup.step,
            locked: setup.locked,
            active_key: RwSignal::new(None),
            lifted: RwSignal::new(None),
            drag: StoredValue::new(None),
            announcer: Announcer::expect(),
        }
    }

    /// Whether the row `key` is lifted.
    #[must_use]
    pub fn is_lifted(&self, key: &str) -> bool {
        self.active_key.with(|held| held.as_deref() == Some(key))
    }

    pub(super) fn selector(&self, key: &str) -> String {
        format!("[id='{}{key}']", self.row)
    }

    /// "Rule 2 of 6".
    pub(super) fn position_text(&self, to: usize, count: usize) -> String {
        format!("{} {} of {count}", self.noun, to + 1)
    }

    pub(super) fn pick_up(&self, key: &str, input: DragInput) -> Option<usize> {
        let items = self.items.run(());
        let from = items.iter().position(|item| item.key == key)?;
        let name = items.get(from).map(|item| item.name.clone()).unwrap_or_default();
        self.active_key.set(Some(key.to_owned()));
        self.lifted.set(Some(Lifted {
            key: key.to_owned(),
            input,
            from,
            to: from,
        }));
        self.announcer
            .say(format!("Picked up {name}, position {} of {}.", from + 1, items.len()));
        Some(from)
    }

    pub(super) fn set_target(&self, to: usize) {
        self.lifted.update(|lifted| {
            if let Some(lifted) = lifted {
                lifted.to = to;
            }
        });
    }

    pub(super) fn commit_drop(&self) {
        let Some(lifted) = self.release() else { return };
        if lifted.from == lifted.to {
            let items = self.items.run(());
            let name = items.get(lifted.from).map(|item| item.name.clone()).unwrap_or_default();
            let place = self.position_text(lifted.to, items.len());
            self.announcer.say(format!("Dropped. {name} is still {place}."));
            return;
        }
        let to = u32::try_from(lifted.to + 1).unwrap_or(u32::MAX);
        self.place.run((lifted.key, to));
    }

    pub(super) fn restore_position(&self) {
        let Some(lifted) = self.release() else { return };
        let items = self.items.run(());
        let name = items.get(lifted.from).map(|item| item.name.clone()).unwrap_or_default();
        self.announcer.say(format!(
            "Cancelled. {name} is back at {} of {}.",
            lifted.from + 1,
            items.len()
        ));
    }

    fn release(&self) -> Option<Lifted> {
        let lifted = self.lifted.get_untracked();
        self.active_key.set(None);
        self.lifted.set(None);
        lifted
    }
}
