//! What is deleted in time: walks that are over, runs long past, and accounts 30 days after they were disconnected.

use std::time::Duration;

use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::disconnect::delete_account;
use super::visits::purge_visits;
use crate::storage::{Database, StorageError, sql};

const BATCH: u32 = 200;
/// How long rules, replies and log of a disconnected account can be brought back by connecting it again.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

pub(crate) async fn purge(database: &Database, now: Timestamp) -> Result<(), StorageError> {
    while purge_visits(database.writer(), now, BATCH).await? >= u64::from(BATCH) {}
    let text = format!(
        "DELETE FROM token_checks WHERE (account_id, day, run) IN
            (SELECT account_id, day, run FROM token_checks WHERE not_before < $1 LIMIT {BATCH})"
    );
    let before = (now - KEPT).as_millis();
    while sql::execute(database.writer(), text.clone(), [before.into()]).await? >= u64::from(BATCH) {}
    let text = "SELECT id FROM accounts WHERE status = 'disconnected' AND status_since < $1 LIMIT 20";
    for row in sql::all::<IdRow, _>(database.reader(), text, [before.into()]).await? {
        purge_account(database, AccountId::from_uuid(row.id), now).await?;
    }
    Ok(())
}

/// Asks again, holding the row: it may have been connected again since it was found.
async fn purge_account(database: &Database, account: AccountId, now: Timestamp) -> Result<(), StorageError> {
    let tx = database.begin().await?;
    let text = "UPDATE accounts SET updated_at = updated_at
        WHERE id = $1 AND status = 'disconnected' AND status_since < $2";
    let values = [account.as_uuid().into(), (now - KEPT).as_millis().into()];
    if sql::execute(&tx, text, values).await? == 0 {
        return Ok(());
    }
    delete_account(&tx, account, now).await?;
    Ok(tx.commit().await?)
}
