//! Erases what was destroyed from the database's files: a deleted row stays readable in free space, with the key in hand.
//!
//! A key per message would lie in the same files and stay there just as long, so the bytes themselves have to go. Neither
//! SQLite's `secure_delete` nor PostgreSQL's VACUUM clears the gaps in pages in use; writing the small table of sealed
//! values to new pages does. docs/adr/0011-destroyed-content-is-erased.md has the reasoning.

mod postgres;
mod sqlite;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Database, JobPool, StorageError};

/// Sealed values that this process deleted or replaced since it started.
static DESTROYED: AtomicU64 = AtomicU64::new(0);

/// Counts sealed values that were deleted or replaced, so that their remains are erased.
pub fn mark_destroyed(values: u64) {
    DESTROYED.fetch_add(values, Ordering::SeqCst);
}

/// How much others may notice of an erasure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Above this many live values nothing is rewritten: all others would wait for it.
    rows: u64,
    /// How long it waits for readers and locks, which others then wait for too.
    wait: Duration,
    /// How long a rewrite may take on PostgreSQL.
    work: Duration,
}

/// Some 20 ms of processor time at the limit, and two flushes to disk.
const WHILE_RUNNING: Bounds = Bounds {
    rows: 5_000,
    wait: Duration::from_millis(100),
    work: Duration::from_secs(2),
};
/// Nobody waits for this process any more; the deadline of a stop allows for it.
const AT_THE_END: Bounds = Bounds {
    rows: 1_000_000,
    wait: Duration::from_secs(2),
    work: Duration::from_secs(10),
};

/// What is erased already: the value of [`DESTROYED`] then.
#[derive(Debug)]
pub(super) struct Erased(AtomicU64);

impl Erased {
    pub(super) fn new() -> Self {
        Self(AtomicU64::new(DESTROYED.load(Ordering::SeqCst)))
    }
}

impl Database {
    /// Whether this process destroyed sealed values whose remains may still be in the files.
    #[must_use]
    pub fn has_remains(&self) -> bool {
        self.erased.0.load(Ordering::SeqCst) != DESTROYED.load(Ordering::SeqCst)
    }

    /// Erases the remains of sealed values while others work; returns whether nothing is left. What is left goes next time:
    /// a reader or a transaction held on to it, or there are too many live values to rewrite.
    pub async fn erase_remains(&self) -> Result<bool, StorageError> {
        self.erase(WHILE_RUNNING).await
    }

    /// The last erasure before the connections close; a failure is logged, the next start erases.
    pub(super) async fn erase_at_the_end(&self) {
        if !self.has_remains() {
            return;
        }
        match self.erase(AT_THE_END).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!("remains of destroyed content could not all be erased; the next start does it"),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(
                    error,
                    "remains of destroyed content were not erased; the next start does it"
                );
            }
        }
    }

    async fn erase(&self, bounds: Bounds) -> Result<bool, StorageError> {
        // SQLite's one connection, or its lock on the table, holds up who counted later.
        let (seen, is_clean) = match self.job_pool() {
            JobPool::Sqlite(writer) => sqlite::erase(writer, bounds).await?,
            JobPool::Postgres(pool) => postgres::erase(pool, bounds).await?,
        };
        if is_clean {
            self.erased.0.store(seen, Ordering::SeqCst);
        }
        Ok(is_clean)
    }

    /// Releases before this one left deleted rows readable all over an SQLite file: rewrites it once.
    pub async fn scrub_once(&self) -> Result<(), StorageError> {
        match self.job_pool() {
            JobPool::Sqlite(writer) => sqlite::scrub_once(writer).await,
            // Every erasure rewrites the whole table there.
            JobPool::Postgres(_) => Ok(()),
        }
    }
}

fn destroyed_so_far() -> u64 {
    DESTROYED.load(Ordering::SeqCst)
}
