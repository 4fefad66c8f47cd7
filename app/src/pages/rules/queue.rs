//! Changes of the list that the page shows and the server does not know yet. They are sent one after the other, also when the
//! page was left meanwhile.

use std::collections::VecDeque;

use domain::ids::RuleId;
use domain::views::{RuleRow, RulesPage};
use leptos::prelude::*;

use super::moves::Move;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Move(Move),
    Delete(RuleId),
    Restore(RuleId),
}

/// One change, and the way back from it.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) what: What,
    /// The rule's name.
    pub(super) label: String,
    /// Where the rule was.
    pub(super) from: u32,
    /// The list as it was.
    pub(super) before: Vec<RuleRow>,
}

/// The first is on its way. Belongs to no page.
#[derive(Clone)]
pub(super) struct Queue(ArcStoredValue<Waiting>);

#[derive(Default)]
struct Waiting {
    changes: VecDeque<Change>,
    list_version: i64,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self(ArcStoredValue::new(Waiting::default()))
    }

    /// Puts `change` last. Says whether it is the only one, so that somebody has to begin.
    pub(super) fn push(&self, change: Change) -> bool {
        self.0.try_update_value(|waiting| waiting.push(change)).unwrap_or(false)
    }

    pub(super) fn first(&self) -> Option<Change> {
        self.0.with_value(|waiting| waiting.changes.front().cloned())
    }

    /// The first was answered.
    pub(super) fn first_is_done(&self) {
        self.0.update_value(|waiting| {
            waiting.changes.pop_front();
        });
    }

    /// The first failed, and with it what was built upon it. Answers with where its rule was to go in the end.
    pub(super) fn give_up(&self) -> Option<Move> {
        let mut failed = VecDeque::new();
        self.0
            .update_value(|waiting| failed = std::mem::take(&mut waiting.changes));
        let Some(What::Move(first)) = failed.front().map(|change| change.what) else {
            return None;
        };
        failed.iter().rev().find_map(|change| match change.what {
            What::Move(wish) if wish.rule == first.rule => Some(wish),
            _ => None,
        })
    }

    /// The newest version of the list that anybody heard of.
    pub(super) fn heard_of(&self, list_version: i64) -> i64 {
        self.0
            .update_value(|waiting| waiting.list_version = waiting.list_version.max(list_version));
        self.0.with_value(|waiting| waiting.list_version)
    }

    /// The page as the server has it, with what waits done to it: an answer must not take back what is shown already. Doing twice
    /// what the server has done already changes nothing.
    pub(super) fn on_top_of(&self, mut page: RulesPage) -> RulesPage {
        self.0.with_value(|waiting| {
            for change in &waiting.changes {
                change.what.show_in(&mut page.rules);
            }
        });
        page
    }
}

impl Waiting {
    /// Steps of one rule that wait behind each other are one move.
    fn push(&mut self, change: Change) -> bool {
        let is_on_its_way = self.changes.len() < 2;
        if let (false, What::Move(wish), Some(last)) = (is_on_its_way, change.what, self.changes.back_mut())
            && let What::Move(before) = last.what
            && (before.rule, before.cause) == (wish.rule, wish.cause)
        {
            last.what = change.what;
            return false;
        }
        self.changes.push_back(change);
        self.changes.len() == 1
    }
}

impl What {
    /// Does it to the rows. What was deleted comes back with the answer of the server.
    pub(super) fn show_in(self, rows: &mut Vec<RuleRow>) {
        match self {
            Self::Move(wish) => reorder(rows, wish),
            Self::Delete(rule) => rows.retain(|row| row.rule.id != rule),
            Self::Restore(_) => {}
        }
        for (position, row) in (1..).zip(rows) {
            row.position = position;
        }
    }
}

fn reorder(rows: &mut Vec<RuleRow>, wish: Move) {
    let Some(from) = rows.iter().position(|row| row.rule.id == wish.rule) else {
        return;
    };
    let row = rows.remove(from);
    let to = (wish.to.max(1) as usize - 1).min(rows.len());
    rows.insert(to, row);
}

#[cfg(test)]
mod tests;
