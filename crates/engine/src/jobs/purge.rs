//! Deletes finished jobs. apalis' own clean-up locks the whole SQLite file, and on PostgreSQL it names a table that is not there.

use sea_orm::ConnectionTrait;

use super::tables::render;
use crate::storage::{StorageError, sql};

/// How long a finished job is kept, for whoever looks into a fault.
pub const KEEP_SECONDS: u32 = 3600;

/// Deletes up to `limit` jobs, of whatever queue, that finished more than [`KEEP_SECONDS`] ago; returns how many. Call again
/// while it returns `limit`: small deletes keep SQLite's writer free for webhooks.
///
/// # Errors
/// What the database answers.
pub async fn purge<C: ConnectionTrait>(connection: &C, limit: u32) -> Result<u64, StorageError> {
    // Without the queue's name: it would draw SQLite to the index that walks all jobs of the queue.
    let text = format!(
        "DELETE FROM {{jobs}} WHERE id IN (
            SELECT id FROM {{jobs}}
            WHERE status IN ('Done', 'Failed', 'Killed') AND done_at IS NOT NULL AND done_at < {{ago:{KEEP_SECONDS}}}
            LIMIT $1)"
    );
    let text = render(connection.get_database_backend(), &text);
    sql::execute(connection, text, [i64::from(limit).into()]).await
}
