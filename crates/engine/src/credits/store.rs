//! Rows of balances, batches and the ledger.

use domain::ids::{BatchId, TenantId};
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::ExprTrait;
use sea_orm::entity::prelude::*;

use super::sql::{CHANGE_BALANCE, INSERT_ENTRIES};
use crate::storage::entity::{credit_batches, credit_ledger};
use crate::storage::{Connection, StorageError, bulk, sql};

/// Changes the balance and locks its row until the transaction ends; `None` when it would fall below zero or there is
/// no balance yet.
pub(super) async fn change_balance<C: Connection>(
    tx: &C,
    tenant: TenantId,
    amount: i64,
) -> Result<Option<i64>, StorageError> {
    sql::value(tx, CHANGE_BALANCE, [amount.into(), tenant.into()]).await
}

/// The one statement that writes ledger rows.
pub(super) async fn insert_entries<C: Connection>(
    tx: &C,
    entries: Vec<credit_ledger::Model>,
) -> Result<(), StorageError> {
    let row = |entry: credit_ledger::Model| {
        vec![
            entry.id.into(),
            entry.tenant_id.into(),
            entry.batch_id.into(),
            entry.reply_id.into(),
            entry.kind.into(),
            entry.amount.into(),
            entry.balance_after.into(),
            entry.note.into(),
            entry.created_at.into(),
        ]
    };
    bulk::execute(tx, INSERT_ENTRIES, entries.into_iter().map(row).collect()).await
}

pub(super) async fn insert_entry<C: Connection>(tx: &C, entry: credit_ledger::Model) -> Result<(), StorageError> {
    insert_entries(tx, vec![entry]).await
}

pub(super) async fn insert_batch<C: Connection>(tx: &C, batch: credit_batches::Model) -> Result<(), StorageError> {
    let insert = credit_batches::Entity::insert(credit_batches::ActiveModel::from(batch));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// The batch that was granted under a reference.
pub(super) async fn batch_of_reference<C: Connection>(
    tx: &C,
    tenant: TenantId,
    reference: &str,
) -> Result<Option<credit_batches::Model>, StorageError> {
    let found = credit_batches::find_for(tenant).filter(credit_batches::Column::Reference.eq(reference));
    Ok(found.one(tx).await?)
}

pub(super) async fn batch<C: Connection>(tx: &C, batch: BatchId) -> Result<credit_batches::Model, StorageError> {
    let found = credit_batches::Entity::find_by_id(batch).one(tx).await?;
    found.ok_or(StorageError::Corrupt("credit batch"))
}

pub(super) async fn add_to_batch<C: Connection>(tx: &C, batch: BatchId) -> Result<(), StorageError> {
    use credit_batches::Column;
    let update = credit_batches::Entity::update_many()
        .col_expr(Column::Remaining, Expr::col(Column::Remaining).add(1))
        .filter(Column::Id.eq(batch));
    update.exec(tx).await?;
    Ok(())
}

/// Writes what is left of a batch, and a new end if there is one.
pub(super) async fn set_remaining<C: Connection>(
    tx: &C,
    batch: BatchId,
    remaining: i64,
    expires_at: Option<Timestamp>,
) -> Result<(), StorageError> {
    let mut columns = credit_batches::ActiveModel {
        remaining: Set(remaining),
        ..Default::default()
    };
    if expires_at.is_some() {
        columns.expires_at = Set(expires_at);
    }
    let update = credit_batches::Entity::update_many().set(columns);
    update.filter(credit_batches::Column::Id.eq(batch)).exec(tx).await?;
    Ok(())
}
