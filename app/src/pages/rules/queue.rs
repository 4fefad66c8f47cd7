//! Changes of the list that the page shows and the server does not know yet. They are sent one after the other, also when the
//! page was left meanwhile.

use std::collections::VecDeque;

use domain::ids::RuleId;
use domain::views::{RuleRow, RulesPage};
use leptos::prelude::*;

use super::moves::Move;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListEdit {
    Move(Move),
    Delete(RuleId),
    Restore(RuleId),
}

/// One change, and the way back from it.
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

/// The first is on its way. Belongs to no page.
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

    /// Puts `change` last. Says whether it is the only one, so that somebody has to begin.
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

    /// The first failed, and with it what was built upon it. Answers with where its rule was to go in the end.
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

    /// The newest version of the list that anybody heard of.
    pub(super) fn observe_version(&self, list_version: i64) -> i64 {
        self.0
            .update_value(|pending| pending.list_version = pending.list_version.max(list_version));
        self.0.with_value(|pending| pending.list_version)
    }

    /// The page as the server has it, with what waits done to it: an answer must not take back what is shown already. Doing twice
    /// what the server has done already changes nothing.
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
    /// Steps of one rule that wait behind each other are one move.
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
    /// Does it to the rows. What was deleted comes back with the answer of the server.
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
