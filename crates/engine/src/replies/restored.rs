//! What a restored backup holds open was answered meanwhile, or is hours old: it must not go out a second time.

use domain::reasons::Reason;
use domain::time::Timestamp;

use super::sql::{ALL_OPEN, COUNT_OPEN};
use super::{OpenReply, Transition, settle_not_sent};
use crate::storage::{Database, StorageError, commit, sql};

/// Replies that share a transaction.
const AT_ONCE: i64 = 200;

/// How many replies are open.
pub async fn count_open_replies(database: &Database) -> Result<i64, StorageError> {
    Ok(sql::value(database.reader(), COUNT_OPEN, []).await?.unwrap_or(0))
}

/// Ends every open reply and gives its credit back. For a database that no server works on. Returns how many.
pub async fn end_restored_replies(database: &Database, now: Timestamp) -> Result<u64, StorageError> {
    let mut ended = 0;
    loop {
        let open: Vec<OpenReply> = sql::all(database.reader(), ALL_OPEN, [AT_ONCE.into()]).await?;
        if open.is_empty() {
            return Ok(ended);
        }
        let transaction = database.begin().await?;
        for reply in &open {
            if settle_not_sent(&transaction, reply, Reason::Restored, now).await? == Transition::Applied {
                ended += 1;
            }
        }
        commit(transaction).await?;
    }
}
