//! Slows down guessing. Every attempt is counted before its password is looked at, so that a hundred attempts at once
//! are a hundred attempts, and a right password takes its count back.

use std::time::Duration;

use domain::time::Timestamp;

use super::sql::COUNT_ATTEMPT;
use super::store;
use crate::storage::{Connection, StorageError, sql};
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
/// One address from everywhere, devices that signed in before excepted. Never above 30 s: a stranger must not be able to lock
/// somebody out.
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

/// The keys of one attempt. None gives away the address without the deployment's encryption key.
pub(super) struct ThrottleKeys {
    pair: Vec<u8>,
    /// None for a device that is known: guesses from elsewhere do not count against it.
    address: Option<Vec<u8>>,
}

impl ThrottleKeys {
    pub(super) fn of_stranger(vault: &Vault, email: &str, network: &str) -> Self {
        Self {
            pair: digest(vault, &format!("{network}|{email}")),
            address: Some(digest(vault, &format!("*|{email}"))),
        }
    }

    pub(super) fn of_device(vault: &Vault, email: &str, device: &str) -> Self {
        Self {
            pair: digest(vault, &format!("device {device}|{email}")),
            address: None,
        }
    }

    fn all(&self) -> impl Iterator<Item = (&[u8], Growth)> {
        let address = self.address.as_deref().map(|address| (address, ADDRESS));
        std::iter::once((&*self.pair, PAIR)).chain(address)
    }
}

fn digest(vault: &Vault, text: &str) -> Vec<u8> {
    vault.digest("sign_in", text.as_bytes()).into_bytes()
}

/// Counts an attempt. `Err` inside says until when there is to be none; then nothing was counted, and the caller rolls
/// back.
pub(super) async fn count_attempt<C: Connection>(
    tx: &C,
    keys: &ThrottleKeys,
    now: Timestamp,
) -> Result<Result<(), Timestamp>, StorageError> {
    for (key, growth) in keys.all() {
        let Some(failures) = add_attempt(tx, key, now).await? else {
            return Ok(Err(store::blocked_until(tx, key).await?.unwrap_or(now)));
        };
        store::block_until(tx, key, now + growth.wait_after(failures)).await?;
    }
    Ok(Ok(()))
}

/// Takes the attempt back: the password was right. The count of the address stays, or a guesser elsewhere would profit.
pub(super) async fn forgive<C: Connection>(connection: &C, keys: &ThrottleKeys) -> Result<(), StorageError> {
    store::delete_attempts(connection, &keys.pair).await?;
    match &keys.address {
        Some(address) => store::uncount_attempt(connection, address).await,
        None => Ok(()),
    }
}

/// Deletes what is forgotten anyway.
pub(super) async fn purge<C: Connection>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    store::delete_attempts_before(connection, now - MEMORY, now).await
}

/// The number of attempts including this one; none while the key is blocked.
async fn add_attempt<C: Connection>(tx: &C, key: &[u8], now: Timestamp) -> Result<Option<i64>, StorageError> {
    sql::value(tx, COUNT_ATTEMPT, [key.into(), now.into(), (now - MEMORY).into()]).await
}

#[cfg(test)]
mod tests;
