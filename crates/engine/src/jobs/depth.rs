//! How far behind the workers are, read from our rows: job rows may be missing or double.

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::storage::{StorageError, sql};

/// The replies that could be worked on at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueDepth {
    /// Due and not in work; what waits for a later moment does not count.
    pub waiting: i64,
    /// Seconds since the longest waiting one fell due.
    pub oldest_seconds: i64,
}

/// Reads the depth of the reply queue at `now`.
///
/// # Errors
/// What the database answers.
pub async fn depth<C: ConnectionTrait>(connection: &C, now: Timestamp) -> Result<QueueDepth, StorageError> {
    #[derive(FromQueryResult)]
    struct Row {
        waiting: i64,
        oldest: Option<i64>,
    }
    let text = "SELECT COUNT(*) AS waiting, MIN(not_before) AS oldest FROM replies
        WHERE settled_at IS NULL AND not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)";
    let row = sql::optional::<Row, _>(connection, text, [now.as_millis().into()]).await?;
    Ok(row.map_or_else(QueueDepth::default, |row| QueueDepth {
        waiting: row.waiting,
        oldest_seconds: row.oldest.map_or(0, |oldest| (now.as_millis() - oldest) / 1000),
    }))
}
