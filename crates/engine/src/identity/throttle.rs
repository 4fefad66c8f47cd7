//! Slows down guessing. Every attempt is counted before its password is looked at, so that a hundred attempts at once
//! are a hundred attempts, and a right password takes its count back.

use std::time::Duration;

use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, ExprTrait, QuerySelect};

use super::sql::COUNT_ATTEMPT;
use crate::storage::entity::sign_in_throttle::{ActiveModel, Column, Entity};
use crate::storage::{StorageError, sql};
use crate::vault::Vault;

/// After this long without an attempt everything is forgotten.
const MEMORY: Duration = Duration::from_secs(60 * 60);

/// How waits grow for one kind of key.
#[derive(Debug, Clone, Copy)]
struct Growth {
    free: u32,
    first: Duration,
    longest: Duration,
}

/// One network trying one address: five tries, then 15 s, 30 s, 1 min … 15 min.
const PAIR: Growth = Growth {
    free: 5,
    first: Duration::from_secs(15),
    longest: Duration::from_secs(15 * 60),
};
/// One address from everywhere. Never above 30 s: a stranger must not be able to lock somebody out.
const ADDRESS: Growth = Growth {
    free: 20,
    first: Duration::from_secs(5),
    longest: Duration::from_secs(30),
};

impl Growth {
    fn wait_after(self, attempts: i64) -> Duration {
        let attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
        let Some(over) = attempts.checked_sub(self.free) else {
            return Duration::ZERO;
        };
        let factor = 1u32.checked_shl(Ord::min(over, 20)).unwrap_or(u32::MAX);
        self.first.saturating_mul(factor).min(self.longest)
    }
}

/// The two keys of one attempt. Neither gives away the address without the deployment's encryption key.
pub(super) struct ThrottleKeys {
    pair: Vec<u8>,
    address: Vec<u8>,
}

impl ThrottleKeys {
    pub(super) fn new(vault: &Vault, email: &str, network: &str) -> Self {
        let digest = |text: String| vault.digest("sign_in", text.as_bytes()).into_bytes();
        Self {
            pair: digest(format!("{network}|{email}")),
            address: digest(format!("*|{email}")),
        }
    }
}

/// Counts an attempt. `Err` inside says until when there is to be none; then nothing was counted, and the caller rolls
/// back.
pub(super) async fn count_attempt<C: ConnectionTrait>(
    tx: &C,
    keys: &ThrottleKeys,
    now: Timestamp,
) -> Result<Result<(), Timestamp>, StorageError> {
    for (key, growth) in [(&keys.pair, PAIR), (&keys.address, ADDRESS)] {
        let Some(failures) = add_attempt(tx, key, now).await? else {
            return Ok(Err(blocked_until(tx, key).await?.unwrap_or(now)));
        };
        let until = now + growth.wait_after(failures);
        let blocked = ActiveModel {
            blocked_until: Set(until),
            ..Default::default()
        };
        Entity::update_many()
            .set(blocked)
            .filter(Column::Key.eq(key.as_slice()))
            .exec(tx)
            .await?;
    }
    Ok(Ok(()))
}

/// Takes the attempt back: the password was right. The count of the address stays, or a guesser elsewhere would profit.
pub(super) async fn forgive<C: ConnectionTrait>(connection: &C, keys: &ThrottleKeys) -> Result<(), StorageError> {
    Entity::delete_by_id(keys.pair.clone()).exec(connection).await?;
    Entity::update_many()
        .set(ActiveModel {
            blocked_until: Set(Timestamp::default()),
            ..Default::default()
        })
        .col_expr(Column::Failures, Expr::col(Column::Failures).sub(1))
        .filter(Column::Key.eq(keys.address.as_slice()))
        .filter(Column::Failures.gt(0))
        .exec(connection)
        .await?;
    Ok(())
}

/// Deletes what is forgotten anyway.
pub(super) async fn purge<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let forgotten = Entity::delete_many()
        .filter(Column::LastAt.lt(now - MEMORY))
        .filter(Column::BlockedUntil.lt(now));
    Ok(forgotten.exec(connection).await?.rows_affected)
}

/// The number of attempts including this one; none while the key is blocked.
async fn add_attempt<C: ConnectionTrait>(tx: &C, key: &[u8], now: Timestamp) -> Result<Option<i64>, StorageError> {
    sql::value(tx, COUNT_ATTEMPT, [key.into(), now.into(), (now - MEMORY).into()]).await
}

async fn blocked_until<C: ConnectionTrait>(tx: &C, key: &[u8]) -> Result<Option<Timestamp>, StorageError> {
    let until = Entity::find_by_id(key).select_only().column(Column::BlockedUntil);
    Ok(until.into_tuple().one(tx).await?)
}

#[cfg(test)]
mod tests;
