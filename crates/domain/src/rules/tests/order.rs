//! Moving a rule loses none, doubles none and keeps the others in order.

use proptest::prelude::*;
use uuid::Uuid;

use super::super::{move_item, move_items};
use crate::ids::RuleId;

fn ids(count: u128) -> Vec<RuleId> {
    (0..count)
        .map(|number| RuleId::from_uuid(Uuid::from_u128(number)))
        .collect()
}

#[test]
fn positions_count_from_one_and_are_clamped() {
    let order = ids(4);
    let moved = |from: usize, to| -> Vec<u128> {
        move_item(&order, order[from], to)
            .into_iter()
            .map(|id| id.as_uuid().as_u128())
            .collect()
    };
    assert_eq!(moved(2, 1), [2, 0, 1, 3]);
    assert_eq!(moved(0, 3), [1, 2, 0, 3]);
    assert_eq!(moved(1, 0), [1, 0, 2, 3]);
    assert_eq!(moved(1, 99), [0, 2, 3, 1]);
    assert_eq!(moved(1, 2), [0, 1, 2, 3]);
    let stranger = RuleId::from_uuid(Uuid::from_u128(99));
    assert_eq!(move_item(&order, stranger, 1), order);
    assert!(move_item(&[], stranger, 1).is_empty());
}

proptest! {
    #[test]
    fn a_move_is_a_permutation_that_puts_one_rule_where_it_was_asked(
        (count, from) in (1_usize..40).prop_flat_map(|count| (Just(count), 0..count)),
        to in 0_usize..60,
    ) {
        let order = ids(count as u128);
        let rule = order[from];
        let moved = move_item(&order, rule, to);
        prop_assert_eq!(moved.iter().position(|id| *id == rule), Some(to.clamp(1, count) - 1));
        let others = |list: &[RuleId]| -> Vec<RuleId> { list.iter().copied().filter(|id| *id != rule).collect() };
        prop_assert_eq!(others(&moved), others(&order));
        prop_assert_eq!(moved.len(), count);
        prop_assert_eq!(move_item(&moved, rule, from + 1), order);
    }

    #[test]
    fn several_rules_stand_together_where_they_were_asked_and_nothing_else_changes_its_order(
        (order, chosen) in (1_u128..40).prop_flat_map(|count| {
            let order = ids(count);
            (Just(order.clone()), proptest::sample::subsequence(order, 0..=count as usize).prop_shuffle())
        }),
        to in 0_usize..60,
    ) {
        let moved = move_items(&order, &chosen, to);
        let only = |list: &[RuleId], wanted: bool| -> Vec<RuleId> {
            list.iter().copied().filter(|id| chosen.contains(id) == wanted).collect()
        };
        prop_assert_eq!(only(&moved, true), only(&order, true));
        prop_assert_eq!(only(&moved, false), only(&order, false));
        prop_assert_eq!(moved.len(), order.len());
        if let Some(first) = moved.iter().position(|id| chosen.contains(id)) {
            prop_assert_eq!(first + 1, to.clamp(1, order.len() - chosen.len() + 1));
            prop_assert!(moved[first..first + chosen.len()].iter().all(|id| chosen.contains(id)));
        }
        if let [one] = chosen[..] {
            prop_assert_eq!(moved, move_item(&order, one, to));
        }
    }
}
