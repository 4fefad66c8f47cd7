//! Keeps positions dense: 1, 2, 3 … without gaps or twins.
//!
//! The unique index is checked row by row, so a range is first parked on negative numbers and then settled.

use domain::ids::{AccountId, RuleId};

use super::store::{park_positions, set_position, settle_positions};
use crate::storage::{Connection, StorageError};

/// Moves one rule; the rules between make room.
pub(super) async fn move_rule<C: Connection>(
    tx: &C,
    account: AccountId,
    rule: RuleId,
    from: i64,
    to: i64,
) -> Result<(), StorageError> {
    set_position(tx, rule, -to).await?;
    if from < to {
        park_positions(tx, account, (from + 1, to), -1).await?;
    } else {
        park_positions(tx, account, (to, from - 1), 1).await?;
    }
    settle_positions(tx, account).await
}

/// Makes room for a rule at `position`.
pub(super) async fn open_gap<C: Connection>(tx: &C, account: AccountId, position: i64) -> Result<(), StorageError> {
    park_positions(tx, account, (position, i64::MAX), 1).await?;
    settle_positions(tx, account).await
}

/// Moves up what followed a deleted rule.
pub(super) async fn close_gap<C: Connection>(tx: &C, account: AccountId, position: i64) -> Result<(), StorageError> {
    park_positions(tx, account, (position + 1, i64::MAX), -1).await?;
    settle_positions(tx, account).await
}

/// Takes every rule from its place, so that places can be given in any order.
pub(super) async fn park_all<C: Connection>(tx: &C, account: AccountId) -> Result<(), StorageError> {
    park_positions(tx, account, (1, i64::MAX), 0).await
}
