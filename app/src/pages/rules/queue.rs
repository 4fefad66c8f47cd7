//! Edits of the list that the page shows and the server has not saved yet. They are sent one after the other, also after the reader
//! left the page.

use std::collections::VecDeque;

use domain::ids::RuleId;
use domain::views::{RuleRow, RulesPage};
use leptos::prelude::*;

use super::moves::Move;

/// An edit of the rule list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListEdit {
    Move(Move),
    Delete(RuleId),
    Restore(RuleId),
}

/// An edit, and what undoes it.
#[derive(Clone, Debug)]
pub(super) struct QueuedEdit {
    pub(super) edit: ListEdit,
    /// The rule's name.
    pub(super) label: String,
    /// Where the rule was.
    pub(super) from: u32,
    /// The list as it was.
    pub(super) before: Vec<RuleRow>,
}

/// Edits in order; the first is being sent. Not owned by a page, so that it outlives one.
#[derive(Clone)]
pub(super) struct EditQueue(ArcStoredValue<PendingEdits>);

#[derive(Default)]
struct PendingEdits {
    changes: VecDeque<QueuedEdit>,
    list_version: i64,
}

impl EditQueue {
    pub(super) fn new() -> Self {
        Self(ArcStoredValue::new(PendingEdits::default()))
    }

    /// Appends `change`. Returns whether the queue was empty, so that the caller has to start sending.
    pub(super) fn push(&self, change: QueuedEdit) -> bool {
        self.0.try_update_value(|pending| pending.push(change)).unwrap_or(false)
    }

    pub(super) fn front(&self) -> Option<QueuedEdit> {
        self.0.with_value(|pending| pending.changes.front().cloned())
    }

    /// The first was answered.
    pub(super) fn pop_front(&self) {
        self.0.update_value(|pending| {
            pending.changes.pop_front();
        });
    }

    /// Empties the queue: the first edit failed, and the others build on it. Returns the last requested move of its rule.
    pub(super) fn clear_failed(&self) -> Option<Move> {
        let mut failed = VecDeque::new();
        self.0
            .update_value(|pending| failed = std::mem::take(&mut pending.changes));
        let Some(ListEdit::Move(first)) = failed.front().map(|change| change.edit) else {
            return None;
        };
        failed.iter().rev().find_map(|change| match change.edit {
            ListEdit::Move(request) if request.rule == first.rule => Some(request),
            _ => None,
        })
    }

    /// The newest version of the list seen so far, `list_version` included.
    pub(super) fn observe_version(&self, list_version: i64) -> i64 {
        self.0
            .update_value(|pending| pending.list_version = pending.list_version.max(list_version));
        self.0.with_value(|pending| pending.list_version)
    }

    /// The page of the server with the pending edits applied, so that an answer does not revert what is shown. Applying an edit that the
    /// server has saved already changes nothing.
    pub(super) fn apply_pending(&self, mut page: RulesPage) -> RulesPage {
        self.0.with_value(|pending| {
            for change in &pending.changes {
                change.edit.apply_to(&mut page.rules);
            }
        });
        page
    }
}

impl PendingEdits {
    /// Merges consecutive waiting steps of one rule into one move.
    fn push(&mut self, change: QueuedEdit) -> bool {
        let is_on_its_way = self.changes.len() < 2;
        if let (false, ListEdit::Move(request), Some(last)) = (is_on_its_way, change.edit, self.changes.back_mut())
            && let ListEdit::Move(before) = last.edit
            && (before.rule, before.cause) == (request.rule, request.cause)
        {
            last.edit = change.edit;
            return false;
        }
        self.changes.push_back(change);
        self.changes.len() == 1
    }
}

impl ListEdit {
    /// Applies the edit to the rows. A restored rule arrives with the answer of the server.
    pub(super) fn apply_to(self, rows: &mut Vec<RuleRow>) {
        match self {
            Self::Move(request) => reorder(rows, request),
            Self::Delete(rule) => rows.retain(|row| row.rule.id != rule),
            Self::Restore(_) => {}
        }
        for (position, row) in (1..).zip(rows) {
            row.position = position;
        }
    }
}

fn reorder(rows: &mut Vec<RuleRow>, request: Move) {
    let Some(from) = rows.iter().position(|row| row.rule.id == request.rule) else {
        return;
    };
    let row = rows.remove(from);
    let to = (request.to.max(1) as usize - 1).min(rows.len());
    rows.insert(to, row);
}

#[cfg(test)]
mod tests;
