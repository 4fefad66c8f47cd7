//! Slows down guessing. Every attempt is counted before its password is looked at, so that a hundred attempts at once
//! are a hundred attempts, and a right password takes its count back.

use std::time::Duration;

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};

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
        let factor = 1u32.checked_shl(over.min(20)).unwrap_or(u32::MAX);
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

#[derive(FromQueryResult)]
struct FailuresRow {
    failures: i64,
}

#[derive(FromQueryResult)]
struct BlockedRow {
    blocked_until: i64,
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
        let text = "UPDATE sign_in_throttle SET blocked_until = $2 WHERE key = $1";
        sql::execute(tx, text, [key.clone().into(), until.as_millis().into()]).await?;
    }
    Ok(Ok(()))
}

/// Takes the attempt back: the password was right. The count of the address stays, or a guesser elsewhere would profit.
pub(super) async fn forgive<C: ConnectionTrait>(connection: &C, keys: &ThrottleKeys) -> Result<(), StorageError> {
    sql::execute(
        connection,
        "DELETE FROM sign_in_throttle WHERE key = $1",
        [keys.pair.clone().into()],
    )
    .await?;
    let text = "UPDATE sign_in_throttle SET failures = failures - 1, blocked_until = 0 WHERE key = $1 AND failures > 0";
    sql::execute(connection, text, [keys.address.clone().into()]).await?;
    Ok(())
}

/// Deletes what is forgotten anyway.
pub(super) async fn purge<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let text = "DELETE FROM sign_in_throttle WHERE last_at < $1 AND blocked_until < $2";
    sql::execute(
        connection,
        text,
        [(now - MEMORY).as_millis().into(), now.as_millis().into()],
    )
    .await
}

/// The number of attempts including this one; none while the key is blocked.
async fn add_attempt<C: ConnectionTrait>(tx: &C, key: &[u8], now: Timestamp) -> Result<Option<i64>, StorageError> {
    let text = "INSERT INTO sign_in_throttle (key, failures, blocked_until, last_at) VALUES ($1, 1, 0, $2)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN sign_in_throttle.last_at < $3 THEN 1 ELSE sign_in_throttle.failures + 1 END,
            last_at = excluded.last_at
        WHERE sign_in_throttle.blocked_until <= $2
        RETURNING failures";
    let values = [
        key.to_vec().into(),
        now.as_millis().into(),
        (now - MEMORY).as_millis().into(),
    ];
    Ok(sql::optional::<FailuresRow, C>(tx, text, values)
        .await?
        .map(|row| row.failures))
}

async fn blocked_until<C: ConnectionTrait>(tx: &C, key: &[u8]) -> Result<Option<Timestamp>, StorageError> {
    let text = "SELECT blocked_until FROM sign_in_throttle WHERE key = $1";
    let row = sql::optional::<BlockedRow, C>(tx, text, [key.to_vec().into()]).await?;
    Ok(row.map(|row| Timestamp::from_millis(row.blocked_until)))
}

#[cfg(test)]
mod tests;
