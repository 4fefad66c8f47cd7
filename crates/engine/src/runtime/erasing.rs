//! When remains of destroyed content are erased from the database's files while the server runs.

use crate::storage::{Database, DatabaseBackend};

/// Ticks of housekeeping in a minute.
const MINUTE: u64 = 6;

/// The tick at which it is due again.
pub(super) struct Erasing {
    due: u64,
    every: u64,
    /// What a process destroyed that ended without a good stop is not counted by this one.
    is_first: bool,
}

impl Erasing {
    /// Every rewrite of a table on PostgreSQL leaves dead rows in its catalogue: less often there.
    pub(super) fn new(database: &Database) -> Self {
        let every = match database.backend() {
            DatabaseBackend::Postgres => 10 * MINUTE,
            _ => MINUTE,
        };
        Self {
            due: 0,
            every,
            is_first: true,
        }
    }

    pub(super) async fn tick(&mut self, database: &Database, ticks: u64) {
        if ticks < self.due || !(self.is_first || database.has_remains()) {
            return;
        }
        match database.erase_remains().await {
            Ok(is_clean) => {
                self.is_first &= !is_clean;
                self.due = ticks + self.every;
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "remains of destroyed content are not erased yet");
                self.due = ticks + MINUTE;
            }
        }
    }
}
