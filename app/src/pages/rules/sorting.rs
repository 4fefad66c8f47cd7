//! Drag and drop of the rule list: a drop is a move like every other.

use domain::ids::RuleId;
use leptos::prelude::*;

use super::moves::{Cause, Move};
use super::state::RulesState;
use crate::components::{SortItem, Sorting, SortingSetup};

/// Prefix of the ids of the rows' elements.
pub(super) const ROW_ID_PREFIX: &str = "rule-";

/// The sorting of the rules.
pub(super) fn rule_sorting(rules: RulesState) -> Sorting {
    let items = move |()| {
        rules.data.with_untracked(|page| {
            let item = |row: &domain::views::RuleRow| SortItem {
                key: row.rule.id.to_string(),
                name: row.rule.label.clone(),
            };
            page.rules.iter().map(item).collect()
        })
    };
    let place = move |(key, to): (String, u32)| {
        if let Some(rule) = rule(&key) {
            let cause = Cause::Drop;
            rules.move_rule(Move { rule, to, cause });
        }
    };
    let step = move |(key, up): (String, bool)| {
        if let Some(rule) = rule(&key) {
            rules.step(rule, up);
            crate::browser::focus(format!("#handle-{key}"));
        }
    };
    Sorting::new(SortingSetup {
        noun: "rule",
        row: ROW_ID_PREFIX,
        items: Callback::new(items),
        place: Callback::new(place),
        step: Callback::new(step),
        locked: Signal::derive(move || rules.order_locked()),
    })
}

fn rule(key: &str) -> Option<RuleId> {
    key.parse().ok()
}
