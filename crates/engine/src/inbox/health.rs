//! Counts that belong to no account, for operators: rejected signatures, unknown accounts, handshakes, test events.
//!
//! Kept in memory and written every few seconds, so that a flood of unsigned requests is no flood of writes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::time::Timestamp;

use super::sql::{ADD_COUNT, COUNTS};
use crate::channels::event::CountedKind;
/// One line of the deployment's webhook health: how often, ever, and when last.
pub use crate::storage::entity::webhook_health::Model as WebhookHealth;
use crate::storage::{Database, StorageError, sql};

type Counts = BTreeMap<CountedKind, (i64, Timestamp)>;

#[derive(Debug, Clone)]
pub(super) struct HealthCounters {
    database: Database,
    counts: Arc<Mutex<Counts>>,
}

impl HealthCounters {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            counts: Arc::default(),
        }
    }

    pub(super) fn count(&self, kind: CountedKind, now: Timestamp) {
        metrics::counter!("concierge_events_total", "kind" => kind.as_str()).increment(1);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = counts.entry(kind).or_insert((0, now));
        *entry = (entry.0 + 1, entry.1.max(now));
    }

    pub(super) async fn flush(&self) -> Result<(), StorageError> {
        let counts = std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        for (kind, (count, last_at)) in counts {
            if let Err(error) = self.write(kind, count, last_at).await {
                self.put_back(kind, count, last_at);
                return Err(error);
            }
        }
        Ok(())
    }

    async fn write(&self, kind: CountedKind, count: i64, last_at: Timestamp) -> Result<(), StorageError> {
        let values = [kind.into(), count.into(), last_at.into()];
        sql::execute(self.database.writer(), ADD_COUNT, values).await?;
        Ok(())
    }

    fn put_back(&self, kind: CountedKind, count: i64, last_at: Timestamp) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = counts.entry(kind).or_insert((0, last_at));
        *entry = (entry.0 + count, entry.1.max(last_at));
    }
}

/// All counts, for the health page and `doctor`.
pub async fn webhook_health(database: &Database) -> Result<Vec<WebhookHealth>, StorageError> {
    sql::all(database.reader(), COUNTS, []).await
}
