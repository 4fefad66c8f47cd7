//! A write with an `Idempotency-Key` is done once, however often a program repeats it: the repeats get the first one's answer.
//!
//! The key is taken before the write begins, in a commit of its own. A server that dies in between leaves a key without an answer, and
//! nobody knows what became of the write: its repeats are refused until the key expires, and never done a second time.

use std::time::Duration;

use domain::ids::ApiKeyId;
use domain::time::Timestamp;

use super::store;
use crate::clock::SharedClock;
use crate::storage::entity::idempotency_keys;
use crate::storage::{Database, StorageError};
use crate::vault::Vault;

/// How long a repeat gets the first answer.
pub const ANSWERS_KEPT_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// No request takes so long; what has no answer by then never gets one.
const LONGEST_WRITE: Duration = Duration::from_secs(60);

/// Whether a write may begin.
pub enum Claim {
    /// It may: nobody used the key before.
    First,
    /// It was done; this was the answer.
    Done(StoredAnswer),
    /// The same write is under way.
    UnderWay,
    /// The same write began, and nobody knows how it ended.
    Unknown,
    /// The key was used for another request.
    AnotherRequest,
}

/// The answer to a write: a status and, sealed where it is stored, everything else. It has no `Debug`, since it holds rule texts.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// As a number.
    pub status: u16,
    /// Headers and body, in the server's own form.
    pub text: String,
}

/// The writes of all programs.
#[derive(Debug, Clone)]
pub struct Idempotency {
    database: Database,
    clock: SharedClock,
    vault: Vault,
}

impl Idempotency {
    /// The writes in `database`, their answers sealed by `vault`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock, vault: &Vault) -> Self {
        Self {
            database: database.clone(),
            clock,
            vault: vault.clone(),
        }
    }

    /// Takes the key for a request with this digest, or says who has it.
    pub async fn claim(&self, api_key: ApiKeyId, key: &str, digest: &[u8]) -> Result<Claim, StorageError> {
        let now = self.clock.now();
        let write = idempotency_keys::Model {
            api_key_id: api_key,
            key: key.to_owned(),
            request_digest: digest.to_vec(),
            status: None,
            answer: None,
            created_at: now,
            expires_at: now + ANSWERS_KEPT_FOR,
        };
        let writer = self.database.writer();
        match store::write(self.database.reader(), api_key, key).await? {
            Some(row) if row.expires_at > now => return Ok(self.judge(row, digest, now)),
            Some(_) => store::delete_expired_write(writer, (api_key, key), now).await?,
            None => {}
        }
        if store::insert_write(writer, write).await? {
            return Ok(Claim::First);
        }
        // Another request took it between the two statements.
        let row = store::write(writer, api_key, key).await?;
        Ok(row.map_or(Claim::UnderWay, |row| self.judge(row, digest, now)))
    }

    fn judge(&self, row: idempotency_keys::Model, digest: &[u8], now: Timestamp) -> Claim {
        if row.request_digest != digest {
            return Claim::AnotherRequest;
        }
        let place = place(row.api_key_id, &row.key);
        let (Some(status), Some(sealed)) = (row.status, row.answer) else {
            return match now.since(row.created_at) < LONGEST_WRITE {
                true => Claim::UnderWay,
                false => Claim::Unknown,
            };
        };
        // The encryption key may be gone.
        match (u16::try_from(status), self.vault.open_cookie(&place, &sealed.0)) {
            (Ok(status), Some(text)) => Claim::Done(StoredAnswer { status, text }),
            _ => Claim::Unknown,
        }
    }

    /// Keeps the answer for repeats.
    pub async fn finish(&self, api_key: ApiKeyId, key: &str, answer: &StoredAnswer) -> Result<(), StorageError> {
        let sealed = self.vault.seal_cookie(&place(api_key, key), &answer.text);
        let sealed = sealed.map_err(|_| StorageError::Corrupt("answer of a write"))?;
        store::finish_write(self.database.writer(), (api_key, key), i64::from(answer.status), sealed).await
    }

    /// Gives the key back. Only for a write of which it is certain that it did nothing.
    pub async fn release(&self, api_key: ApiKeyId, key: &str) -> Result<(), StorageError> {
        store::delete_write(self.database.writer(), api_key, key).await
    }
}

/// Sealed to its row: moved to another one it cannot be opened.
fn place(api_key: ApiKeyId, key: &str) -> String {
    format!("idempotency|{api_key}|{key}")
}
