//! The one statement that writes ledger rows.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId, TenantId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::storage::{StorageError, sql};

/// A row to write.
pub(super) struct Entry<'a> {
    pub(super) tenant: TenantId,
    pub(super) batch: BatchId,
    pub(super) reply: Option<ReplyId>,
    pub(super) kind: LedgerKind,
    pub(super) amount: i64,
    pub(super) balance_after: i64,
    pub(super) note: Option<&'a str>,
}

pub(super) async fn write<C: ConnectionTrait>(
    connection: &C,
    entry: Entry<'_>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text = "INSERT INTO credit_ledger
        (id, tenant_id, batch_id, reply_id, kind, amount, balance_after, note, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        Uuid::now_v7().into(),
        entry.tenant.as_uuid().into(),
        entry.batch.as_uuid().into(),
        entry.reply.map(|reply| reply.as_uuid()).into(),
        entry.kind.as_str().into(),
        entry.amount.into(),
        entry.balance_after.into(),
        entry.note.map(str::to_owned).into(),
        now.as_millis().into(),
    ];
    sql::execute(connection, text, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct BalanceRow {
    balance: i64,
}

/// Changes the balance and locks its row until the transaction ends; `None` when it would fall below zero or there is
/// no balance yet.
pub(super) async fn change_balance<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    amount: i64,
) -> Result<Option<i64>, StorageError> {
    let text = "UPDATE credit_balances SET balance = balance + $1
        WHERE tenant_id = $2 AND balance + $1 >= 0 RETURNING balance";
    let row = sql::optional::<BalanceRow, C>(connection, text, [amount.into(), tenant.as_uuid().into()]).await?;
    Ok(row.map(|row| row.balance))
}
