//! Every event once: its key is unique per account and kept for 14 days.

use std::collections::HashSet;

use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::account_lookup::AccountEvent;
use crate::storage::bulk::BulkInsert;
use crate::storage::{StorageError, Transaction, sql};

const INSERT: BulkInsert = BulkInsert {
    into: "inbound_events (account_id, event_key, received_at)",
    columns: 3,
    suffix: "ON CONFLICT (account_id, event_key) DO NOTHING RETURNING account_id, event_key",
};

#[derive(FromQueryResult)]
struct KeyRow {
    account_id: Uuid,
    event_key: String,
}

type Key = (Uuid, String);

fn key(event: &AccountEvent<'_>) -> Key {
    (event.account.id.as_uuid(), event.event.key.clone())
}

/// Records the keys and keeps the events that nobody recorded before, in order.
pub(super) async fn keep_new<'a>(
    transaction: &Transaction,
    events: Vec<AccountEvent<'a>>,
    now: Timestamp,
) -> Result<Vec<AccountEvent<'a>>, StorageError> {
    // Sorted, so that two servers that record the same keys wait for each other instead of deadlocking.
    let mut keys: Vec<Key> = events.iter().map(key).collect();
    keys.sort_unstable();
    keys.dedup();
    let rows = keys
        .into_iter()
        .map(|(account, key)| vec![account.into(), key.into(), now.as_millis().into()])
        .collect();
    let inserted = INSERT.returning::<KeyRow, _>(transaction, rows).await?;
    let mut new: HashSet<Key> = inserted
        .into_iter()
        .map(|row| (row.account_id, row.event_key))
        .collect();
    Ok(events.into_iter().filter(|event| new.remove(&key(event))).collect())
}

/// Which of these keys are recorded, at any time. The account leads the index: without it every key ever recorded is read.
pub(super) async fn recorded<C: ConnectionTrait>(
    connection: &C,
    keys: Vec<(AccountId, String)>,
) -> Result<HashSet<Key>, StorageError> {
    let mut found = HashSet::new();
    for chunk in keys.chunks(500) {
        let mut pairs = chunk.to_vec();
        // Few distinct texts, so that prepared statements are reused: the last pair is repeated up to a power of two.
        pairs.resize(pairs.len().next_power_of_two(), chunk[chunk.len() - 1].clone());
        let conditions: Vec<String> = (0..pairs.len())
            .map(|pair| format!("(account_id = ${} AND event_key = ${})", 2 * pair + 1, 2 * pair + 2))
            .collect();
        let text = format!(
            "SELECT account_id, event_key FROM inbound_events WHERE {}",
            conditions.join(" OR ")
        );
        let values: Vec<Value> = pairs
            .into_iter()
            .flat_map(|(account, key)| [account.as_uuid().into(), key.into()])
            .collect();
        let rows = sql::all::<KeyRow, C>(connection, text, values).await?;
        found.extend(rows.into_iter().map(|row| (row.account_id, row.event_key)));
    }
    Ok(found)
}
