//! Runs SQL that both databases understand: `$1` placeholders, `ON CONFLICT`, `RETURNING`, and the tokens of
//! [`dialect`](super::dialect).

use std::borrow::Cow;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement, TryGetableMany, Value};

pub use super::expand::{with_list, with_rows};
use super::{StorageError, dialect, rows};

/// Runs a statement; returns how many rows it changed.
pub async fn execute<C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<u64, StorageError> {
    let statement = statement(connection, sql.into(), values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// Reads every row of a query.
pub async fn all<T: FromQueryResult, C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<Vec<T>, StorageError> {
    let rows = connection
        .query_all_raw(statement(connection, sql.into(), values))
        .await?;
    Ok(rows
        .iter()
        .map(|row| T::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}

/// Reads the first row of a query, if there is one.
pub async fn optional<T: FromQueryResult, C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<Option<T>, StorageError> {
    let row = connection
        .query_one_raw(statement(connection, sql.into(), values))
        .await?;
    Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
}

/// Reads the columns of the first row by their order: one value, or a tuple.
pub async fn value<T: TryGetableMany, C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<Option<T>, StorageError> {
    let row = connection
        .query_one_raw(statement(connection, sql.into(), values))
        .await?;
    row.map(|row| T::try_get_many_by_index(&row).map_err(unreadable))
        .transpose()
}

/// Reads the columns of every row by their order: one value each, or a tuple.
pub async fn values<T: TryGetableMany, C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<Vec<T>, StorageError> {
    let rows = connection
        .query_all_raw(statement(connection, sql.into(), values))
        .await?;
    rows.iter()
        .map(|row| T::try_get_many_by_index(row).map_err(unreadable))
        .collect()
}

fn unreadable(error: sea_orm::TryGetError) -> StorageError {
    StorageError::from(sea_orm::DbErr::from(error))
}

fn statement<C: ConnectionTrait>(connection: &C, sql: String, values: impl IntoIterator<Item = Value>) -> Statement {
    let backend = connection.get_database_backend();
    let (sql, values) = rows::bind(backend, sql, values.into_iter().collect());
    let sql = dialect::render(backend, Cow::Owned(sql)).into_owned();
    Statement::from_sql_and_values(backend, sql, values)
}
