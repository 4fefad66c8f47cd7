//! Whether anything of a sealed value is left in the database's files: its nonce is what they are searched for.

use std::collections::HashSet;
use std::path::Path;

use engine::storage::Database;
use engine::storage::sql;
use sea_orm::FromQueryResult;
use sqlx::{Connection, Executor, PgConnection};

use crate::support::{TestDatabase, eventually};

/// Random, and without it not a byte of the value can be opened.
pub const NONCE: usize = 24;

/// Nonces of sealed values, to be searched for in files.
#[derive(Default)]
pub struct Nonces {
    pub whole: HashSet<[u8; NONCE]>,
    /// The first two bytes of each: most places are dismissed by these.
    beginnings: HashSet<[u8; 2]>,
}

impl Nonces {
    pub fn of(sealed: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut nonces = Self::default();
        for value in sealed {
            nonces.beginnings.insert(*value.first_chunk().unwrap());
            nonces.whole.insert(*value.first_chunk().unwrap());
        }
        nonces
    }

    /// How many of them stand somewhere in these bytes.
    pub fn found_in(&self, files: &[Vec<u8>]) -> usize {
        let mut dismissed = vec![true; 1 << 16];
        for beginning in &self.beginnings {
            dismissed[usize::from(u16::from_be_bytes(*beginning))] = false;
        }
        let mut found = HashSet::new();
        for bytes in files {
            for place in 0..bytes.len().saturating_sub(NONCE - 1) {
                if dismissed[usize::from(bytes[place]) << 8 | usize::from(bytes[place + 1])] {
                    continue;
                }
                let nonce: &[u8; NONCE] = bytes[place..].first_chunk().unwrap();
                if self.whole.contains(nonce) {
                    found.insert(*nonce);
                }
            }
        }
        found.len()
    }
}

/// Every byte that the database keeps in its data files: with the log on SQLite, without it on PostgreSQL.
pub async fn files_of(database: &TestDatabase) -> Vec<Vec<u8>> {
    match database.url.strip_prefix("sqlite://") {
        Some(path) => {
            let entries = std::fs::read_dir(Path::new(path).parent().unwrap()).unwrap();
            entries
                .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
                .collect()
        }
        None => {
            let mut connection = PgConnection::connect(&database.url).await.unwrap();
            connection.execute("CHECKPOINT").await.unwrap();
            let text = "SELECT pg_read_binary_file('base/' || d.oid || '/' || f, 0, 1000000000, true)
                FROM pg_database d, LATERAL pg_ls_dir('base/' || d.oid) f
                WHERE d.datname = current_database() AND f ~ '^[0-9]'";
            let files: Vec<Option<Vec<u8>>> = sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap();
            files.into_iter().flatten().collect()
        }
    }
}

#[derive(FromQueryResult)]
struct Sealed {
    ciphertext: Vec<u8>,
}

pub async fn sealed_now(database: &Database) -> Vec<Vec<u8>> {
    let rows = sql::all::<Sealed, _>(database.reader(), "SELECT ciphertext FROM sealed_values", []).await;
    rows.unwrap().into_iter().map(|row| row.ciphertext).collect()
}

/// PostgreSQL's own workers hold a snapshot for moments, and a busy machine takes longer than a rewrite may.
pub async fn erase(database: &Database) {
    eventually("everything is erased", async || {
        matches!(database.erase_remains().await, Ok(true)).then_some(())
    })
    .await;
}
