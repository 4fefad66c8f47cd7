//! Moving one rule within the list: the one arithmetic behind drag, keys, buttons and "Move to position …".

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
