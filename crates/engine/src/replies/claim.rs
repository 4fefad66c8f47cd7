//! Ownership: one worker per conversation at a time, the oldest due message first.

use std::time::Duration;

use domain::ids::{ConversationId, ReplyId};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use uuid::Uuid;

use super::row::{COLUMNS, OpenReply, Row};
use crate::clock::Clock;
use crate::storage::{Database, StorageError, Transaction, sql};

/// Who claims, and for how long.
#[derive(Debug, Clone)]
pub struct Claimant {
    /// Unique per process start.
    pub name: String,
    /// How long a claim lasts without being renewed.
    pub length: Duration,
}

#[derive(FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "only whether there is a row matters")]
    id: Uuid,
}

/// Claims the oldest due reply of a conversation, unless one of its replies is in work already.
///
/// The conversation's row is locked until the transaction ends, so that two workers cannot both see it idle.
///
/// # Errors
/// What the database answers.
pub async fn claim_next(
    transaction: &Transaction,
    conversation: ConversationId,
    claimant: &Claimant,
    clock: &dyn Clock,
) -> Result<Option<OpenReply>, StorageError> {
    let backend = transaction.get_database_backend();
    let id = || conversation.as_uuid().into();
    if backend == DatabaseBackend::Postgres {
        let lock = "SELECT id FROM conversations WHERE id = $1 FOR UPDATE";
        sql::optional::<Found, _>(transaction, lock, [id()]).await?;
    }
    let now = claim_clock(backend, clock);
    let text = format!(
        "UPDATE replies SET claimed_by = $1, claimed_until = {now} + $2, version = version + 1
        WHERE id = (
            SELECT r.id FROM replies r
            WHERE r.conversation_id = $3 AND r.settled_at IS NULL AND r.not_before <= $4
                AND NOT EXISTS (SELECT 1 FROM replies busy WHERE busy.conversation_id = $3
                    AND busy.settled_at IS NULL AND busy.claimed_until > {now})
            ORDER BY r.occurred_at, r.id LIMIT 1
        ) RETURNING {COLUMNS}"
    );
    let length = i64::try_from(claimant.length.as_millis()).unwrap_or(i64::MAX);
    let values = [
        claimant.name.clone().into(),
        length.into(),
        id(),
        clock.now().as_millis().into(),
    ];
    let row = sql::optional::<Row, _>(transaction, text, values).await?;
    row.map(OpenReply::try_from).transpose()
}

/// Several servers compare claims with the database's clock; one process, or a test, with its own: parameter 4. Never a number in
/// the text, which would make every claim a statement of its own and wash the others out of the cache.
fn claim_clock(backend: DatabaseBackend, clock: &dyn Clock) -> &'static str {
    if backend == DatabaseBackend::Postgres && clock.is_real() {
        "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
    } else {
        "CAST($4 AS BIGINT)"
    }
}

/// SQLite belongs to one process (a lock file sees to it): at its start every claim is left over from a crash.
///
/// # Errors
/// What the database answers.
pub async fn void_all_claims(database: &Database) -> Result<u64, StorageError> {
    let text = "UPDATE replies SET claimed_by = NULL, claimed_until = NULL, version = version + 1
        WHERE settled_at IS NULL AND claimed_by IS NOT NULL";
    sql::execute(database.writer(), text, []).await
}

#[derive(FromQueryResult)]
struct Panics {
    panics: i64,
}

/// Counts a panic of a worker on this reply and frees the claim; `None` when the reply is final.
///
/// # Errors
/// What the database answers.
pub async fn count_panic(transaction: &Transaction, reply: ReplyId) -> Result<Option<u32>, StorageError> {
    let text = "UPDATE replies SET panics = panics + 1, claimed_by = NULL, claimed_until = NULL, version = version + 1
        WHERE id = $1 AND settled_at IS NULL RETURNING panics";
    let row = sql::optional::<Panics, _>(transaction, text, [reply.as_uuid().into()]).await?;
    Ok(row.map(|row| u32::try_from(row.panics).unwrap_or(u32::MAX)))
}
