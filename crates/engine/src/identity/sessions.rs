//! Sessions in our own table. Only the SHA-256 of a session's id is stored: a copy of the database opens no session.

use std::time::Duration;

use async_trait::async_trait;
use domain::time::Timestamp;
use sha2::{Digest, Sha256};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use super::sql::SAVE_SESSION;
use super::store;
use crate::clock::SharedClock;
use crate::storage::entity::{Hidden, sessions};
use crate::storage::{Database, StorageError, sql};

/// However busy a session is, it ends after this long.
pub const LONGEST_SESSION: Duration = Duration::from_secs(60 * 24 * 60 * 60);
/// Two random 128-bit ids never meet; a generator that repeats itself must not run forever.
const TRIES: usize = 8;
/// In bytes.
const LARGEST_DATA: usize = 4 * 1024;

/// The sessions of this deployment.
#[derive(Debug, Clone)]
pub struct SessionRows {
    database: Database,
    clock: SharedClock,
}

impl SessionRows {
    /// The sessions in `database`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock) -> Self {
        Self {
            database: database.clone(),
            clock,
        }
    }

    /// Deletes sessions that have expired. Returns how many.
    pub async fn purge_expired(&self) -> std::result::Result<u64, StorageError> {
        store::delete_expired_sessions(self.database.writer(), self.clock.now()).await
    }
}

#[async_trait]
impl SessionStore for SessionRows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.clock.now();
        let mut session = sessions::Model {
            id_hash: hash(&record.id),
            data: Hidden(encode(record)?),
            created_at: now,
            expires_at: expiry(record)?.min(now + LONGEST_SESSION),
        };
        for _ in 0..TRIES {
            let written = store::insert_session(self.database.writer(), session.clone()).await;
            if written.map_err(backend)? {
                return Ok(());
            }
            record.id = Id::default();
            session.id_hash = hash(&record.id);
        }
        Err(Error::Backend("no free session id was found".into()))
    }

    /// Changes an existing session only: one that was ended meanwhile stays ended.
    async fn save(&self, record: &Record) -> Result<()> {
        let longest = i64::try_from(LONGEST_SESSION.as_millis()).unwrap_or(i64::MAX);
        let values = [
            hash(&record.id).into(),
            encode(record)?.into(),
            expiry(record)?.into(),
            longest.into(),
        ];
        let saved = sql::execute(self.database.writer(), SAVE_SESSION, values).await;
        saved.map(drop).map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let session = store::session(self.database.reader(), hash(id), self.clock.now()).await;
        session.map_err(backend)?.map(|row| decode(*id, &row)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let deleted = store::delete_session(self.database.writer(), hash(id)).await;
        deleted.map_err(backend)
    }
}

pub(super) fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

/// A session says who is signed in and little else; what is large would be read with every request.
fn encode(record: &Record) -> Result<String> {
    let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    if data.len() > LARGEST_DATA {
        return Err(Error::Encode("the session's data is too large".into()));
    }
    Ok(data)
}

fn decode(id: Id, row: &sessions::Model) -> Result<Record> {
    let unreadable = |what: &str| Error::Decode(format!("the session's {what} cannot be read"));
    let data = serde_json::from_str(&row.data.0).map_err(|_| unreadable("data"))?;
    let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(row.expires_at.as_millis()) * 1_000_000)
        .map_err(|_| unreadable("expiry"))?;
    Ok(Record { id, data, expiry_date })
}

fn expiry(record: &Record) -> Result<Timestamp> {
    i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000)
        .map(Timestamp::from_millis)
        .map_err(|_| Error::Encode("the session's expiry is out of range".into()))
}

fn backend(error: StorageError) -> Error {
    Error::Backend(error.to_string())
}
