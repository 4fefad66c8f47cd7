//! The state of the page: the rules as saved, the open editors and the pending edits. Every input that changes the list (buttons, menu,
//! keys, dragging) uses it.

use domain::ids::{AccountId, RuleId};
use domain::views::{ListConflict, ReadyMadeIntent, RuleRow, RuleWarning, RulesPage, SimulatorData};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::matching::MatchingPart;
use super::moves::Move;
use super::queue::EditQueue;
use super::search_filter::matches_search;
use super::selection::Selection;
use super::simulator::SimulatorState;
use crate::browser;
use crate::components::{Announcer, Reload, Toasts, live_query};
use crate::forms::FormState;
use crate::queries::{load_rules, load_simulator};

/// The state of the page. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct RulesState {
    pub(super) account: AccountId,
    pub(super) data: RwSignal<RulesPage>,
    /// A move that conflicts with a change by another person.
    pub(super) conflict: RwSignal<Option<(ListConflict, Move)>>,
    /// A change that was not saved.
    pub(super) failed: RwSignal<Option<(String, Move)>>,
    /// A change of the order is under way.
    pub(super) saving: RwSignal<bool>,
    /// How long that takes.
    pub(super) sending: FormState,
    /// Edits that are shown and not saved yet.
    pub(super) queue: StoredValue<EditQueue>,
    pub(super) announcer: Announcer,
    pub(super) reload: Reload,
    pub(super) toasts: Toasts,
    /// Intents to start from; empty until they are needed.
    pub(super) ready_made: RwSignal<Vec<ReadyMadeIntent>>,
    /// The simulator panel.
    pub(super) simulator: SimulatorState,
    /// Of all rules.
    pub(super) warnings: Memo<Vec<RuleWarning>>,
    pub(super) matching: MatchingPart,
    /// What the list is searched for.
    pub(super) search: RwSignal<String>,
    /// The rule whose menu is open.
    pub(super) menu: RwSignal<Option<RuleId>>,
    /// Rules that are chosen, to act on several at once.
    pub(super) selection: Selection,
    open_editors: RwSignal<Vec<String>>,
    /// Changes when *Undo* leaves a draft to an editor that is open again.
    left_to_editor: RwSignal<()>,
}

/// The name of the editor of a rule that does not exist yet.
pub(super) const NEW: &str = "new";

impl RulesState {
    pub(super) fn new(first: RulesPage, simulator_data: SimulatorData, ready_made: Vec<ReadyMadeIntent>) -> Self {
        let account = first.account.id;
        let asked_for = |name: &str| use_query_map().with_untracked(|query| query.get(name));
        let queue = EditQueue::new();
        let pending = queue.clone();
        let data = live_query(first, move || {
            let (pending, page) = (pending.clone(), load_rules(account.to_string()));
            async move { Ok(pending.apply_pending(page.await?)) }
        });
        let simulator_data = live_query(simulator_data, move || load_simulator(account.to_string()));
        let matching = MatchingPart::new();
        // With the part they follow the list as it is shown, before it is saved.
        let found = move |_: Option<&Vec<RuleWarning>>| match matching.get() {
            Some(matching) => {
                let facts = simulator_data.with(|simulator_data| simulator_data.facts.for_warnings());
                data.with(|page| (matching.warn)(&page.config(), &facts))
            }
            None => simulator_data.with(|simulator_data| simulator_data.warnings.clone()),
        };
        Self {
            account,
            simulator: SimulatorState::new(data, simulator_data, matching),
            warnings: Memo::new(found),
            matching,
            data,
            ready_made: RwSignal::new(ready_made),
            conflict: RwSignal::new(None),
            failed: RwSignal::new(None),
            saving: RwSignal::new(false),
            sending: FormState::new("list-edits", ""),
            queue: StoredValue::new(queue),
            announcer: Announcer::expect(),
            reload: Reload::expect(),
            toasts: Toasts::expect(),
            selection: Selection::new(),
            search: RwSignal::new(asked_for("q").unwrap_or_default()),
            menu: RwSignal::new(asked_for("more").and_then(|id| id.parse().ok())),
            open_editors: RwSignal::new(asked_for("edit").into_iter().collect()),
            left_to_editor: RwSignal::new(()),
        }
    }

    /// The rules that are shown, in order.
    pub(super) fn ids(&self) -> Vec<RuleId> {
        let wanted = self.search.with(|search| search.trim().to_lowercase());
        self.data.with(|page| {
            let shown = page.rules.iter().filter(|row| matches_search(&row.rule, &wanted));
            shown.map(|row| row.rule.id).collect()
        })
    }

    /// Why the order cannot be changed now.
    pub(super) fn order_locked(&self) -> Option<String> {
        let searching = self.search.with(|search| !search.trim().is_empty());
        searching.then(|| "Clear the search to change the order.".to_owned())
    }

    pub(super) fn count(&self) -> u32 {
        self.data
            .with(|page| u32::try_from(page.rules.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn row(&self, id: RuleId) -> Option<RuleRow> {
        self.data
            .with(|page| page.rules.iter().find(|row| row.rule.id == id).cloned())
    }

    pub(super) fn is_editor_open(&self, editor: &str) -> bool {
        self.open_editors.with(|open| open.iter().any(|name| name == editor))
    }

    pub(super) fn open_editor(&self, editor: &str) {
        self.open_editors.update(|open| {
            if !open.iter().any(|name| name == editor) {
                open.push(editor.to_owned());
            }
        });
    }

    /// Opens an editor on its draft; on another page the draft waits for the reader to come back.
    pub(super) fn reopen_editor(&self, editor: &str) {
        let opened = self.open_editors.try_update(|open| {
            if !open.iter().any(|name| name == editor) {
                open.push(editor.to_owned());
            }
        });
        if opened.is_some() {
            focus_label(editor);
        }
    }

    /// Whether an editor that was closed is open by now; on another page none is.
    pub(super) fn is_open_again(&self, editor: &str) -> bool {
        let is_open = |open: &Vec<String>| open.iter().any(|name| name == editor);
        self.open_editors.try_with_untracked(is_open) == Some(true)
    }

    /// Has an open editor offer what is put away.
    pub(super) fn leave_to_editor(&self, editor: &str) {
        self.left_to_editor.notify();
        focus_label(editor);
    }

    /// Runs what depends on it again after [`Self::leave_to_editor`].
    pub(super) fn track_left_to_editor(&self) {
        self.left_to_editor.track();
    }

    /// Closes an editor and leaves the focus alone.
    pub(super) fn close_quietly(&self, editor: &str) {
        self.open_editors.update(|open| open.retain(|name| name != editor));
    }

    /// Closes an editor and puts the focus where it was opened from.
    pub(super) fn close_editor(&self, editor: &str) {
        self.close_quietly(editor);
        browser::focus(if editor == NEW {
            "#add-rule".to_owned()
        } else {
            format!("#open-{editor}")
        });
    }

    /// A link to a rule of the page that is open already leads to its editor.
    pub(super) fn follow_address(self) {
        let query = use_query_map();
        Effect::new(move |before: Option<Option<String>>| {
            let asked_for = query.with(|query| query.get("edit"));
            if let (Some(before), Some(editor)) = (before, &asked_for)
                && before.as_ref() != Some(editor)
            {
                self.open_editor(editor);
                focus_label(editor);
            }
            asked_for
        });
    }

    /// Opens the editors that have a draft, and scrolls to the rule in the address.
    pub(super) fn restore_drafts(self) {
        let account = self.account;
        Effect::new(move |_| {
            let names = self
                .data
                .with_untracked(|page| page.rules.iter().map(|row| row.rule.id.to_string()).collect::<Vec<_>>());
            for name in names.into_iter().chain([NEW.to_owned()]) {
                if browser::load_draft(&draft_key(account, &name)).is_some() {
                    self.open_editor(&name);
                }
            }
            if let Some(place) = window()
                .location()
                .hash()
                .ok()
                .filter(|hash| hash.starts_with("#rule-"))
            {
                browser::scroll_to(&place);
            }
        });
    }
}

fn focus_label(editor: &str) {
    browser::focus_end(format!("[id='rule-form-{editor}-label']"));
}

/// The storage key of the draft of an editor.
pub(super) fn draft_key(account: AccountId, editor: &str) -> String {
    browser::draft_key(&format!("{account}:{editor}"))
}
