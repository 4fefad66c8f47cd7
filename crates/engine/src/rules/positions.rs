//! Keeps positions dense: 1, 2, 3 … without gaps or twins.
//!
//! The unique index is checked row by row, so a range is first parked on negative numbers and then settled.

use domain::ids::{AccountId, RuleId};
use sea_orm::ConnectionTrait;

use crate::storage::{StorageError, sql};

/// Moves one rule; the rules between make room.
pub(super) async fn move_rule<C: ConnectionTrait>(
    tx: &C,
    account: AccountId,
    rule: RuleId,
    from: i64,
    to: i64,
) -> Result<(), StorageError> {
    let text = "UPDATE rules SET position = $2 WHERE id = $1";
    sql::execute(tx, text, [rule.as_uuid().into(), (-to).into()]).await?;
    if from < to {
        park(tx, account, from + 1, to, -1).await?;
    } else {
        park(tx, account, to, from - 1, 1).await?;
    }
    settle(tx, account).await
}

/// Makes room for a rule at `position`.
pub(super) async fn open_gap<C: ConnectionTrait>(
    tx: &C,
    account: AccountId,
    position: i64,
) -> Result<(), StorageError> {
    park(tx, account, position, i64::from(u32::MAX), 1).await?;
    settle(tx, account).await
}

/// Moves up what followed a deleted rule.
pub(super) async fn close_gap<C: ConnectionTrait>(
    tx: &C,
    account: AccountId,
    position: i64,
) -> Result<(), StorageError> {
    park(tx, account, position + 1, i64::from(u32::MAX), -1).await?;
    settle(tx, account).await
}

async fn park<C: ConnectionTrait>(
    tx: &C,
    account: AccountId,
    first: i64,
    last: i64,
    by: i64,
) -> Result<(), StorageError> {
    let text = "UPDATE rules SET position = -(position + $4)
        WHERE account_id = $1 AND deleted_at IS NULL AND position >= $2 AND position <= $3";
    sql::execute(
        tx,
        text,
        [account.as_uuid().into(), first.into(), last.into(), by.into()],
    )
    .await?;
    Ok(())
}

async fn settle<C: ConnectionTrait>(tx: &C, account: AccountId) -> Result<(), StorageError> {
    let text = "UPDATE rules SET position = -position WHERE account_id = $1 AND deleted_at IS NULL AND position < 0";
    sql::execute(tx, text, [account.as_uuid().into()]).await?;
    Ok(())
}
