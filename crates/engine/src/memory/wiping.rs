//! Forgets turns: the rows, and the words by the vault's store.

use domain::ids::{AccountId, ConversationId, MessageId, TurnId};
use domain::time::Timestamp;

use super::sql::{FORGET_ACCOUNT, FORGET_IDLE, FORGET_MESSAGE, FORGET_SURPLUS, WIPE_OLD};
use super::{IDLE, LONGEST, MOST_TURNS};
use crate::storage::{Connection, Database, StorageError, Value, commit, sql};
use crate::vault::store;

/// Turns of one deletion.
const BATCH: usize = 256;

/// The customer took a message back: it and what answered it are forgotten.
pub async fn forget_message<C: Connection>(connection: &C, message: MessageId) -> Result<(), StorageError> {
    forget(connection, FORGET_MESSAGE, [message.into()]).await.map(drop)
}

/// Everything that an account remembers.
pub async fn forget_account<C: Connection>(connection: &C, account: AccountId) -> Result<(), StorageError> {
    forget(connection, FORGET_ACCOUNT, [account.into()]).await.map(drop)
}

/// Everything of a conversation that was idle for too long: it begins afresh.
pub(super) async fn forget_if_idle<C: Connection>(
    connection: &C,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let values = [conversation.into(), (now - IDLE).into()];
    forget(connection, FORGET_IDLE, values).await.map(drop)
}

/// What is too old, or more than is kept.
pub(super) async fn forget_surplus<C: Connection>(
    connection: &C,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let values = [
        conversation.into(),
        (now - LONGEST).into(),
        i64::try_from(MOST_TURNS).unwrap_or(i64::MAX).into(),
    ];
    forget(connection, FORGET_SURPLUS, values).await.map(drop)
}

/// What is too old, and whole conversations that are idle, of all tenants. Returns how many turns that were.
pub async fn wipe_old(database: &Database, now: Timestamp) -> Result<usize, StorageError> {
    let mut wiped = 0;
    loop {
        let values = [
            (now - LONGEST).into(),
            (now - IDLE).into(),
            i64::try_from(BATCH).unwrap_or(i64::MAX).into(),
        ];
        let transaction = database.begin().await?;
        let forgotten = forget(&transaction, WIPE_OLD, values).await?;
        commit(transaction).await?;
        wiped += forgotten;
        if forgotten < BATCH {
            return Ok(wiped);
        }
    }
}

async fn forget<C: Connection>(
    connection: &C,
    statement: &str,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<usize, StorageError> {
    let turns = sql::values::<TurnId, C>(connection, statement, values).await?;
    for chunk in turns.chunks(BATCH) {
        let owners = chunk.iter().map(|turn| turn.as_uuid()).collect();
        store::destroy_many(connection, owners).await?;
    }
    Ok(turns.len())
}
