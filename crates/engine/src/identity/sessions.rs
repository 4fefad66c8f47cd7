//! Sessions in our own table. Only the SHA-256 of a session's id is stored: a copy of the database opens no session.

use std::time::Duration;

use async_trait::async_trait;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use crate::clock::SharedClock;
use crate::storage::{Database, StorageError, sql};

/// However busy a session is, it ends after this long.
pub const LONGEST_SESSION: Duration = Duration::from_secs(60 * 24 * 60 * 60);
/// Two random 128-bit ids never meet; a generator that repeats itself must not run forever.
const TRIES: usize = 8;

/// The sessions of this deployment.
#[derive(Debug, Clone)]
pub struct SessionRows {
    database: Database,
    clock: SharedClock,
}

#[derive(FromQueryResult)]
struct SessionRow {
    data: String,
    expires_at: i64,
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
    ///
    /// # Errors
    /// What the database answers.
    pub async fn purge_expired(&self) -> std::result::Result<u64, StorageError> {
        let text = "DELETE FROM sessions WHERE expires_at <= $1";
        sql::execute(self.database.writer(), text, [self.clock.now().as_millis().into()]).await
    }
}

#[async_trait]
impl SessionStore for SessionRows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.clock.now();
        let data = encode(record)?;
        let expires = expiry(record)?.min(now + LONGEST_SESSION).as_millis();
        let text = "INSERT INTO sessions (id_hash, data, created_at, expires_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id_hash) DO NOTHING";
        for _ in 0..TRIES {
            let values = [
                hash(&record.id).into(),
                data.as_str().into(),
                now.as_millis().into(),
                expires.into(),
            ];
            if sql::execute(self.database.writer(), text, values)
                .await
                .map_err(backend)?
                == 1
            {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session id was found".into()))
    }

    /// Changes an existing session only: one that was ended meanwhile stays ended.
    async fn save(&self, record: &Record) -> Result<()> {
        let text = "UPDATE sessions SET data = $2,
            expires_at = CASE WHEN created_at + $4 < $3 THEN created_at + $4 ELSE $3 END WHERE id_hash = $1";
        let longest = i64::try_from(LONGEST_SESSION.as_millis()).unwrap_or(i64::MAX);
        let values = [
            hash(&record.id).into(),
            encode(record)?.into(),
            expiry(record)?.as_millis().into(),
            longest.into(),
        ];
        sql::execute(self.database.writer(), text, values)
            .await
            .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let text = "SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2";
        let values = [hash(id).into(), self.clock.now().as_millis().into()];
        let row = sql::optional::<SessionRow, _>(self.database.reader(), text, values)
            .await
            .map_err(backend)?;
        row.map(|row| decode(*id, &row)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let text = "DELETE FROM sessions WHERE id_hash = $1";
        sql::execute(self.database.writer(), text, [hash(id).into()])
            .await
            .map_err(backend)?;
        Ok(())
    }
}

fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn decode(id: Id, row: &SessionRow) -> Result<Record> {
    let unreadable = |what: &str| Error::Decode(format!("the session's {what} cannot be read"));
    let data = serde_json::from_str(&row.data).map_err(|_| unreadable("data"))?;
    let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(row.expires_at) * 1_000_000)
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
