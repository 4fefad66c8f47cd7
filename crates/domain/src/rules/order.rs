//! Moving rules within the list: the one arithmetic behind drag, keys, buttons and "Move to position …", for one rule and for several.

use crate::ids::RuleId;

/// The order after `rule` is moved to `to_position` (1 is first; 0 means 1, beyond the end means last). A rule that is not in
/// the list changes nothing.
#[must_use]
pub fn move_item(order: &[RuleId], rule: RuleId, to_position: usize) -> Vec<RuleId> {
    let mut moved = order.to_vec();
    if let Some(from) = order.iter().position(|id| *id == rule) {
        let id = moved.remove(from);
        moved.insert(to_position.saturating_sub(1).min(moved.len()), id);
    }
    moved
}

/// The order after all of `chosen` are moved to `to_position`, one after the other as they stand in `order` (1 is first; 0 means 1, beyond
/// the end means last). Ids that are not in the list, or there twice, change nothing.
#[must_use]
pub fn move_items(order: &[RuleId], chosen: &[RuleId], to_position: usize) -> Vec<RuleId> {
    let (moved, mut rest): (Vec<RuleId>, Vec<RuleId>) = order.iter().partition(|id| chosen.contains(id));
    let at = to_position.saturating_sub(1).min(rest.len());
    rest.splice(at..at, moved);
    rest
}
